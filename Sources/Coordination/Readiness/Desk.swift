import Schemas

/// What the customs desk goes by: checklists, code lists, deadlines, rules. All of it is data.
struct Desk: Sendable {
    let checklists: Checklists
    let codes: CodeLists
    let lanes: Lanes
    let rules: DeskRules

    init(_ files: SchemaFiles) throws(SchemaFault) {
        checklists = try Checklists(files)
        codes = try CodeLists(files)
        lanes = try Lanes(files)
        rules = try DeskRules(files, lists: codes, lanes: lanes)
    }
}
