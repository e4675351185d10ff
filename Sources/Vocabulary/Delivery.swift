/// What a proof of delivery says (contract: `data.delivery`), each value with the place it was read from.
package struct Delivery: Hashable, Sendable {
    package struct Remark: Hashable, Sendable {
        /// `damaged`, `short`, `refused`.
        package var code: String
        package var text: String
        package var at: Place

        package init(code: String, text: String, at: Place = Place()) {
            self.code = code
            self.text = text
            self.at = at
        }
    }

    /// That somebody signed for the goods, and how the paper shows it.
    package struct Signature: Hashable, Sendable {
        package enum Kind: String, Sendable {
            /// Strokes of a pen, painted on the page or an annotation.
            case ink
            /// A picture in the signature's place.
            case image
            /// A name typed in the signature's place, or behind `/s/`.
            case typed
            case stamp
            /// A signature field of the PDF that is filled.
            case field
            /// Words that say so: "signed electronically".
            case words
        }

        package var kind: Kind
        package var at: Place

        package init(_ kind: Kind, at: Place = Place()) {
            self.kind = kind
            self.at = at
        }
    }

    package var deliveredAt: DateFact?
    /// When the vehicle came to the place of delivery and when it left: the ground of detention.
    package var arrivedAt: DateFact?
    package var departedAt: DateFact?
    /// When it was expected there; never the time of delivery.
    package var appointment: DateFact?
    /// As printed; empty where nobody is named.
    package var receivedBy: String
    package var receivedByPlace: Place
    /// Nil where nobody signed.
    package var signature: Signature?
    package var pieces: Quantity?
    package var remarks: [Remark]

    package var signed: Bool { signature != nil }

    /// What the neighbourhood settled for the day of delivery settles the vehicle's times too.
    package mutating func settle(_ date: DateFact) {
        deliveredAt = date
        arrivedAt = arrivedAt?.nearest(date.value.day)
        departedAt = departedAt?.nearest(date.value.day)
    }

    package init(
        deliveredAt: DateFact? = nil, receivedBy: String = "", receivedByPlace: Place = Place(),
        signature: Signature? = nil, pieces: Quantity? = nil, remarks: [Remark] = []
    ) {
        self.deliveredAt = deliveredAt
        self.receivedBy = receivedBy
        self.receivedByPlace = receivedByPlace
        self.signature = signature
        self.pieces = pieces
        self.remarks = remarks
    }
}

extension Delivery {
    /// The members that hold a date, in the order of the output.
    private static let moments:
        [(name: String, role: String, path: any WritableKeyPath<Delivery, DateFact?> & Sendable)] = [
            ("deliveredAt", "delivered", \.deliveredAt), ("arrivedAt", "arrived", \.arrivedAt),
            ("departedAt", "departed", \.departedAt), ("appointment", "promised-delivery", \.appointment),
        ]

    package var json: JSON {
        var members: [(String, JSON?)] = []
        for m in Delivery.moments {
            guard let d = self[keyPath: m.path] else { continue }
            members.append((m.name, .string(d.value.description)))
            if !d.alternatives.isEmpty {
                members.append((m.name + "Alternatives", .array(d.alternatives.map { .string($0.description) })))
            }
            members.append((m.name + "Place", d.at.json))
        }
        return .object(
            dropping: members + [
                ("receivedBy", .string(receivedBy)),
                ("receivedByPlace", receivedBy.isEmpty ? nil : receivedByPlace.json),
                ("signed", .bool(signed)),
                (
                    "signature",
                    signature.map { .object(["kind": .string($0.kind.rawValue), "at": $0.at.json]) }
                ),
                ("pieces", pieces.map { .string($0.value.description) }),
                ("piecesUnit", pieces?.unit.map(JSON.string)), ("piecesPlace", pieces?.at.json),
                (
                    "remarks",
                    .array(
                        remarks.map { .object(["code": .string($0.code), "text": .string($0.text), "at": $0.at.json]) })
                ),
            ])
    }

    package init(json: JSON) {
        func place(_ name: String) -> Place { Place(json: json[name] ?? .object([:])) }
        self.init(receivedBy: json["receivedBy"]?.string ?? "", receivedByPlace: place("receivedByPlace"))
        for m in Delivery.moments {
            guard let v = json[m.name]?.string.flatMap({ Moment(iso: $0) }) else { continue }
            self[keyPath: m.path] = DateFact(
                m.role, v,
                alternatives: (json[m.name + "Alternatives"]?.items ?? []).compactMap {
                    $0.string.flatMap { Moment(iso: $0) }
                }, at: place(m.name + "Place"))
        }
        if let s = json["signature"], let kind = s["kind"]?.string.flatMap(Signature.Kind.init) {
            signature = Signature(kind, at: Place(json: s["at"] ?? .object([:])))
        }
        if let n = json["pieces"]?.string.flatMap({ Exact($0) }) {
            pieces = Quantity("packages", n, unit: json["piecesUnit"]?.string, at: place("piecesPlace"))
        }
        remarks = (json["remarks"]?.items ?? []).map {
            Remark(
                code: $0["code"]?.string ?? "", text: $0["text"]?.string ?? "",
                at: Place(json: $0["at"] ?? .object([:])))
        }
    }
}

extension DateFact {
    /// With the reading that lies nearest to a day first.
    fileprivate func nearest(_ day: Int) -> DateFact {
        let readings = [value] + alternatives
        guard let best = readings.min(by: { abs($0.day - day) < abs($1.day - day) }), best != value else { return self }
        return DateFact(role, best, alternatives: readings.filter { $0 != best }, raw: raw, at: at)
    }
}
