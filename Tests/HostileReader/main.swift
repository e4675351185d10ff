import Confined
import Glibc

// hostile-reader: a worker under the same limits as the real one that does to itself what the document says behind `do:`.
guard let session = Session(arguments: CommandLine.arguments) else { exit(64) }
session.run {
    Hostile(hello: $0, session.confinement)
} read: {
    $0.answer($1)
}
