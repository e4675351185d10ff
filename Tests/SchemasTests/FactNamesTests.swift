import Testing

@testable import Schemas

@Suite struct FactNamesTests {
    private func names(_ text: String) throws -> FactNames {
        try FactNames(ProjectSchemas.files().overlaid(with: SchemaFiles(["names.yaml": text])))
    }

    @Test func aFactIsCalledByItsNameElseByItsWord() throws {
        let names = try FactNames(ProjectSchemas.files())
        #expect(names.name("date", "invoice") == "invoice date")
        #expect(names.name("amount", "line") == "amount")
        #expect(names.name("reference", "bill-of-lading") == "bill of lading")
    }

    @Test func aNameForNoFactIsRefused() {
        #expect(throws: SchemaFault.self) { try names("date yesterday: the day before") }
    }
}
