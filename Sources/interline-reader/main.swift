import Confined

// interline-reader MEMORY CPU MOST: reads PDFs and mails for interline, one at a time, in frames on its standard input and output.
// It is started by interline and of no use by hand. MEMORY is in bytes, CPU in seconds for a document, MOST what it may get in all.
let session = Session(arguments: CommandLine.arguments)
session.run {
    Readers(hello: $0, session.confinement)
} read: {
    $0.answer($1)
}
