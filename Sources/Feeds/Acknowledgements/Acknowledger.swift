import EDI
import Schemas
import Vocabulary

/// Answers interchanges as policy says.
package struct Acknowledger: Sendable {
    private let codes: AcknowledgementCodes
    private let policy: AcknowledgementPolicy

    package init(_ schemas: SchemaFiles, policy: Policy) throws(SchemaFault) {
        codes = try AcknowledgementCodes(schemas)
        self.policy = policy.acknowledgements
    }

    /// The answer to an interchange; nil where none is due: policy says so, or it holds nothing but acknowledgements.
    ///
    /// - Parameter control: our own control number for this partner.
    package func answer(_ received: Received, control: Int, asOf: Moment) -> Acknowledgement? {
        let i = received.interchange
        guard i.hasEnvelope else { return nil }
        let rule = policy.rule(for: i.sender.id)
        if i.standard == .edifact {
            switch rule.contrl {
            case .none: return nil
            case .asked where !i.wantsAcknowledgement: return nil
            default: return CONTRL(received: received, codes: codes).compose(control: control, asOf: asOf)
            }
        }
        let types = Set(i.messages.map { received.transmission.messages[$0].type })
        if !types.isEmpty, codes.never.isSuperset(of: types) { return nil }
        let hasErrors = !received.envelope(codes, trailers: ["IEA"]) { $0.interchange }.isEmpty
        let ta1 =
            switch rule.ta1 {
            case .always: true
            case .onError: hasErrors
            case .asked: i.wantsAcknowledgement
            case .none: false
            }
        // 999 came with 005010; partners on earlier releases know the 997.
        let isOld = i.groups.contains { received.transmission.groups[$0].version.prefix(6) < "005010" }
        let set = rule.x12 == .implementation && isOld ? .functional : rule.x12
        return X12Acknowledgement(received: received, codes: codes, set: set)
            .compose(ta1: ta1, control: control, asOf: asOf)
    }
}
