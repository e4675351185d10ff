import Confined
import Glibc

// interline-reader MEMORY CPU MOST: reads PDFs and mails for interline, one at a time, in frames on its standard input and output.
// It is started by interline and of no use by hand. MEMORY is in bytes, CPU in seconds for a document, MOST what it may get in all.
guard let session = Session(arguments: CommandLine.arguments) else {
    let usage = "usage: interline-reader MEMORY CPU MOST, whole numbers above 0\n"
    write(STDERR_FILENO, usage, usage.utf8.count)
    exit(64)
}
session.run {
    Readers(hello: $0, session.confinement)
} read: {
    $0.answer($1)
}
