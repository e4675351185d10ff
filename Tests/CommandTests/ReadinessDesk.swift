import Foundation

/// The output folder of a run as the customs desk meets it, of our own making: a shipment with everything wrong, one that
/// is ready, and one that is released.
enum ReadinessDesk {
    static let declaration =
        "<Declaration><FunctionalReferenceID>L-1</FunctionalReferenceID><TotalGrossMassMeasure>1216</TotalGrossMassMeasure></Declaration>"
    static let packing =
        "<PackingList><GrossWeight>1190</GrossWeight><Contact><Telephone>+44 20 7946 0958</Telephone></Contact></PackingList>"

    static let files: [(String, [String])] = [
        (
            "documents",
            [
                #"{"document":"doc-1","format":"xml","number":"L-1","path":"d.xml","type":"customs-declaration"}"#,
                #"{"document":"doc-2","format":"xml","number":"P-7","path":"p.xml","type":"packing-list"}"#,
                #"{"document":"doc-3","format":"xml","number":"R-1","path":"gone.xml","type":"customs-response"}"#,
            ]
        ),
        (
            "entities",
            [
                #"{"entity":"ce-1","identifiers":[{"kind":"mrn","value":"26GB4K7T2QW9M3XR84"}],"kind":"customs-entry","leadsTo":["sh-1"],"partners":[],"status":"held"}"#,
                #"{"entity":"sh-1","identifiers":[{"kind":"bill-of-lading","value":"BL-100"}],"kind":"shipment","leadsTo":[],"partners":["<script>alert('x')</script> & Co","Nordkap Lines"],"status":"held"}"#,
                #"{"entity":"sh-2","identifiers":[{"kind":"bill-of-lading","value":"BL-200"}],"kind":"shipment","leadsTo":[],"partners":["Maas BV"],"status":"open"}"#,
                #"{"entity":"sh-3","identifiers":[{"kind":"bill-of-lading","value":"BL-300"}],"kind":"shipment","leadsTo":[],"partners":["Maas BV"],"status":"released"}"#,
                #"{"entity":"sh-4","identifiers":[{"kind":"bill-of-lading","value":"BL-400"}],"kind":"shipment","leadsTo":[],"partners":[],"status":"open"}"#,
            ]
        ),
        (
            "events",
            [
                #"{"data":{"document":"doc-3","links":[{"entity":"sh-1","kind":"shipment","relation":"derived"}],"references":[{"at":{},"kind":"mrn","raw":"26GB4K7T2QW9M3XR84","value":"26GB4K7T2QW9M3XR84"}],"terms":[{"at":{},"name":"reason","raw":"Call +44 20 7946 0958","value":"Call +44 20 7946 0958"}]},"id":"evt-2","time":"2026-03-30T09:00:00Z","type":"interline.customs.held"}"#,
                #"{"data":{"document":"doc-1","links":[{"entity":"sh-1","kind":"shipment","relation":"derived"}],"references":[{"at":{},"kind":"lrn","raw":"L-1","value":"L-1"}]},"id":"evt-1","time":"2026-03-29T09:00:00Z","type":"interline.customs.declared"}"#,
                #"{"data":{"document":"doc-2","links":[{"entity":"sh-1","kind":"shipment","relation":"direct"}]},"id":"evt-3","time":"2026-03-28T09:00:00Z","type":"interline.shipment.notified"}"#,
            ]
        ),
        ("links", []),
        ("exceptions", []),
        (
            "readiness",
            [
                #"{"actions":[{"ask":"supplier","by":"2026-03-31T12:00:00Z","owner":"customs","rule":"certificate-of-origin","text":"Ask the exporter for it."},{"owner":"logistics","rule":"gross-mass-mismatch","text":"Have the declaration amended."},{"owner":"finance","rule":"duty-unpaid","text":"Pay the duty."}],"conflicts":[{"facts":[{"at":{"offset":63,"xpath":"/Declaration/TotalGrossMassMeasure"},"document":"doc-1","text":"declared 1216 KGM"},{"at":{"offset":0,"xpath":"/PackingList"},"document":"doc-2","text":"packed 1190 KGM"}],"rule":"gross-mass-mismatch"}],"cutOff":"2026-03-30T21:30:00Z","deadlines":[{"at":"2026-04-02T00:00:00Z","basis":"law","source":"UCC 139","what":"temporary storage"}],"entity":"sh-1","findings":[{"facts":[{"at":{},"document":"doc-1","text":"no code Y901"}],"list":"codes, as of 2026","rule":"licence-code-unknown","severity":"warn","source":"data element 12 03"}],"identifiers":[{"kind":"bill-of-lading","value":"BL-100"}],"missing":["certificate-of-origin"],"regime":"uk-import","required":[{"by":["doc-1"],"document":"declaration","held":true},{"by":[],"document":"certificate-of-origin","held":false}],"verdict":"held"}"#,
                #"{"actions":[{"owner":"logistics","rule":"doc-ens-missing","text":"Lodge it."}],"conflicts":[],"cutOff":"2026-03-31T06:59:00Z","entity":"sh-2","findings":[],"identifiers":[],"missing":[],"regime":"eu-import","required":[{"by":["doc-1"],"document":"declaration","held":true}],"verdict":"ready"}"#,
                #"{"conflicts":[],"entity":"sh-3","findings":[],"identifiers":[],"missing":[],"regime":"eu-import","required":[{"by":["doc-1"],"document":"declaration","held":true}],"verdict":"released"}"#,
            ]
        ),
    ]

    /// Writes the folder `out` and the drop that it names.
    static func write(to scratch: Scratch) throws {
        try scratch.write("drop/d.xml", declaration)
        try scratch.write("drop/p.xml", packing)
        for (name, rows) in files { try scratch.write("out/\(name).ndjson", rows.map { $0 + "\n" }.joined()) }
        try scratch.write("out/run.json", #"{"asOf":"2026-03-31T00:00:00Z","drop":"\#(scratch.path("drop"))"}"# + "\n")
    }
}
