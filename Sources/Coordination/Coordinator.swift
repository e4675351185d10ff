import Schemas
import Vocabulary

/// The pure heart: what a set of readings means (DESIGN 2).
///
/// It reads no clock, no file and no store; the result does not depend on the order of the readings, on how the drop was
/// cut into batches, or on how often a file was sent.
package struct Coordinator: Sendable {
    let tables: MatchingTables
    let catalogue: Catalogue
    let policy: Policy
    let desk: Desk

    package init(_ schemas: SchemaFiles, policy: Policy) throws(SchemaFault) {
        tables = try MatchingTables(schemas)
        catalogue = try Catalogue(schemas)
        desk = try Desk(schemas)
        for s in policy.silences where catalogue.entries[s.code] == nil {
            throw s.at.fault("\(s.code) is no exception code; docs/exceptions.md lists them")
        }
        self.policy = policy
    }

    /// What only the whole of the events can tell. Complexity: O(n log n) in the events.
    package func survey(_ readings: [Reading]) -> Survey { Survey.take(readings, tables) }

    /// Everything the contract's files say of one neighbourhood, judged at `asOf`.
    package func coordinate(_ readings: [Reading], survey: Survey, asOf: Moment) -> Results {
        let world = World(readings, survey: survey, tables: tables, policy: policy)
        var alarms = Alarms(world: world, catalogue: catalogue, policy: policy, asOf: asOf)
        let books = Books(world)
        DocumentRules.apply(world, &alarms)
        OrderRules.apply(world, books, &alarms)
        TransportRules.apply(world, books, &alarms)
        DeliveryRules.apply(world, books, &alarms)
        InvoiceRules.apply(world, books, &alarms)
        PaymentRules.apply(world, books, &alarms)
        let readiness = ReadinessRules.apply(world, books, desk, &alarms)
        var results = Results()
        results.documents = world.documentRows()
        results.events = world.eventRows()
        results.entities = world.entities(alarms)
        results.links = world.links()
        results.exceptions = alarms.finished()
        results.readiness = readiness
        return results
    }
}
