/// What a document, or a line of it, states. Every fact keeps the text it was read from and its place.
///
/// The words for kinds and roles are those of `docs/words.md`; maps use no others (`interline schemas check`).
package struct Facts: Hashable, Sendable {
    package var references: [Reference] = []
    package var parties: [Party] = []
    package var dates: [DateFact] = []
    package var amounts: [Amount] = []
    package var quantities: [Quantity] = []
    package var locations: [Location] = []
    package var equipment: [Equipment] = []
    package var terms: [Term] = []

    package init() {}

    package func reference(_ kind: String) -> Reference? { references.first { $0.kind == kind } }
    package func references(_ kind: String) -> [Reference] { references.filter { $0.kind == kind } }
    package func party(_ role: String) -> Party? { parties.first { $0.role == role } }
    package func date(_ role: String) -> DateFact? { dates.first { $0.role == role } }
    package func amount(_ role: String) -> Amount? { amounts.first { $0.role == role } }
    package func quantity(_ role: String) -> Quantity? { quantities.first { $0.role == role } }
    package func location(_ role: String) -> Location? { locations.first { $0.role == role } }
    package func term(_ name: String) -> String? { terms.first { $0.name == name }?.value }

    package mutating func add(_ other: Facts) {
        references += other.references
        parties += other.parties
        dates += other.dates
        amounts += other.amounts
        quantities += other.quantities
        locations += other.locations
        equipment += other.equipment
        terms += other.terms
    }
}

/// A number by which a document names an order, a shipment, an invoice, a declaration, …, or a document.
package struct Reference: Hashable, Sendable {
    package var kind: String
    /// Trimmed and upper-cased, otherwise as written.
    package var value: String
    package var raw: String
    package var at: Place
    /// Other places of the document that say the same, where that is evidence of its own: a barcode beside the print.
    package var also: [Place]
    /// The order's line number, where the reference names one.
    package var line: String?
    /// In thousandths: 1000 for structured data, less for what was read from prose or a picture.
    package var confidence: Int
    /// The value was put right into a number that another document gives; `raw` is what was read.
    package var isRepaired = false

    package init(
        _ kind: String, _ value: String, raw: String? = nil, at: Place = Place(), also: [Place] = [],
        line: String? = nil, confidence: Int = 1000
    ) {
        self.kind = kind
        self.value = value
        self.raw = raw ?? value
        self.at = at
        self.also = also
        self.line = line
        self.confidence = confidence
    }
}

package struct Party: Hashable, Sendable {
    package var role: String
    package var name: String?
    package var id: String?
    /// `gln`, `duns`, `scac`, `eori`, `vat`, `buyer-assigned`, `seller-assigned`, `email`, or the code as sent.
    package var scheme: String?
    /// ISO 3166-1 alpha-2.
    package var country: String?
    package var at: Place

    package init(
        _ role: String, name: String? = nil, id: String? = nil, scheme: String? = nil, country: String? = nil,
        at: Place = Place()
    ) {
        self.role = role
        self.name = name
        self.id = id
        self.scheme = scheme
        self.country = country
        self.at = at
    }
}

package struct DateFact: Hashable, Sendable {
    package var role: String
    package var value: Moment
    /// Other readings that the document leaves open (03/04/2026).
    package var alternatives: [Moment]
    package var raw: String
    package var at: Place

    package init(_ role: String, _ value: Moment, alternatives: [Moment] = [], raw: String = "", at: Place = Place()) {
        self.role = role
        self.value = value
        self.alternatives = alternatives
        self.raw = raw
        self.at = at
    }
}

/// A money amount or a price.
package struct Amount: Hashable, Sendable {
    /// `total`, `unit-price`, `charge`, …
    package var role: String
    package var value: Exact
    /// ISO 4217, nil where the document does not say.
    package var currency: String?
    /// A price's basis: so many units of `unit` (5.45 per 100 PCE); nil means per one unit.
    package var basis: Exact?
    package var unit: String?
    /// What it is for: a charge's code or words.
    package var code: String?
    package var text: String?
    package var raw: String
    package var at: Place

    package init(
        _ role: String, _ value: Exact, currency: String? = nil, basis: Exact? = nil, unit: String? = nil,
        code: String? = nil, text: String? = nil, raw: String = "", at: Place = Place()
    ) {
        self.role = role
        self.value = value
        self.currency = currency
        self.basis = basis
        self.unit = unit
        self.code = code
        self.text = text
        self.raw = raw
        self.at = at
    }
}

package struct Quantity: Hashable, Sendable {
    /// `ordered`, `shipped`, `received`, `packages`, `gross-mass`, …
    package var role: String
    package var value: Exact
    /// UN/ECE Recommendation 20 or the X12 code as sent; nil where the document does not say.
    package var unit: String?
    package var raw: String
    package var at: Place

    package init(_ role: String, _ value: Exact, unit: String? = nil, raw: String = "", at: Place = Place()) {
        self.role = role
        self.value = value
        self.unit = unit
        self.raw = raw
        self.at = at
    }
}

package struct Location: Hashable, Sendable {
    package var role: String
    /// UN/LOCODE, customs office or the code as sent.
    package var code: String?
    package var name: String?
    package var country: String?
    package var at: Place

    package init(
        _ role: String, code: String? = nil, name: String? = nil, country: String? = nil, at: Place = Place()
    ) {
        self.role = role
        self.code = code
        self.name = name
        self.country = country
        self.at = at
    }
}

package struct Equipment: Hashable, Sendable {
    /// `container`, `trailer`, `sscc`, `seal`, `vessel`.
    package var kind: String
    package var id: String
    package var at: Place

    package init(_ kind: String, _ id: String, at: Place = Place()) {
        self.kind = kind
        self.id = id
        self.at = at
    }
}

/// Anything else a document states as a word or code: incoterm, purpose, response, status, mode, currency, …
package struct Term: Hashable, Sendable {
    package var name: String
    package var value: String
    package var raw: String
    package var at: Place

    package init(_ name: String, _ value: String, raw: String? = nil, at: Place = Place()) {
        self.name = name
        self.value = value
        self.raw = raw ?? value
        self.at = at
    }
}
