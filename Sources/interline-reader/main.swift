import Glibc

// interline-reader MEMORY CPU: reads PDFs and mails for interline, one at a time, in frames on its standard input and output.
// It is started by interline and of no use by hand. MEMORY is in bytes, CPU in seconds for a document.
let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let confinement = Confinement(
    memory: numbers.first ?? 1 << 30, processorSeconds: numbers.count > 1 ? numbers[1] : 60)
Session(pipe: Pipe(), confinement: confinement).run()
