import Schemas
import Vocabulary
import XMLReader

/// Small schemas of our own, and documents read by them.
enum XSDSamples {
    /// A schema file: its target namespace is also its default one.
    static func schema(_ namespace: String, _ body: String) -> [UInt8] {
        let names = namespace.isEmpty ? "" : " targetNamespace=\"\(namespace)\" xmlns=\"\(namespace)\""
        return Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"\(names) elementFormDefault="qualified">
            \(body)
            </xs:schema>
            """.utf8)
    }

    /// A parcel has a weight and items; `more` stands behind the items.
    static func parcel(_ more: String = "") -> [UInt8] {
        schema(
            "urn:x:parcel",
            """
            <xs:element name="Parcel">
             <xs:complexType><xs:sequence>
              <xs:element name="Weight" type="xs:decimal"/>
              <xs:element name="Item" type="Item" minOccurs="0" maxOccurs="unbounded"/>\(more)
             </xs:sequence></xs:complexType>
            </xs:element>
            <xs:complexType name="Item"><xs:sequence><xs:element name="Count" type="xs:int"/></xs:sequence></xs:complexType>
            """)
    }

    /// An envelope that takes whatever has a schema, which it does not name.
    static let envelope = schema(
        "urn:x:envelope",
        """
        <xs:element name="Envelope"><xs:complexType><xs:sequence>
         <xs:element name="To" type="xs:string"/><xs:any namespace="##other" processContents="strict"/>
        </xs:sequence></xs:complexType></xs:element>
        """)

    static func document(_ inside: String) -> String { "<Parcel xmlns=\"urn:x:parcel\">\(inside)</Parcel>" }

    static func findings(_ document: String, _ sets: XSDSets) throws -> [Finding] {
        try readings(Array(document.utf8), sets).flatMap(\.document.findings).filter { $0.code.hasPrefix("schema-") }
    }

    static func readings(_ bytes: [UInt8], _ sets: XSDSets) throws -> [Reading] {
        var reader = try Ground.reader.get()
        reader.xsd = sets
        return reader.read(bytes, at: Locator(path: "x.xml"), source: "s")
    }
}
