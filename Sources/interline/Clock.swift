import ArgumentParser
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The one place where the program reads the clock.
enum Clock {
    /// What `--as-of` says, or now.
    static func moment(_ asOf: String?) throws -> Moment {
        guard let asOf else { return Moment(epochSeconds: time(nil)) }
        guard let moment = Moment(iso: asOf) else {
            throw ValidationError("--as-of: \(asOf) is no time; write one like 2026-03-31T00:00:00Z")
        }
        return Moment(epochSeconds: moment.epochSeconds)
    }
}
