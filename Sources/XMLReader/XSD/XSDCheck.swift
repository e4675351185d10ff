import Vocabulary

/// The check of one XML document of a file against all sets.
struct XSDCheck {
    /// An element that may be what a schema describes: a document's root, or a wrapper around it.
    struct Candidate {
        /// Its number in the part, in document order from 0.
        var element: Int
        var name: QualifiedName
    }

    /// What came of one set.
    private enum Outcome {
        case valid
        /// The errors by the way to check (`XSDSet.Plan`) that left the fewest.
        case invalid([XSDError], count: Int, plan: Int)
        case unusable(XSDFault)
        /// libxml2 does not read the document, and why.
        case unread(String)
    }

    private struct Job: Hashable {
        var element: Int
        var set: Int
    }

    /// A job and the ways that are left to try.
    private struct Trial {
        var job: Job
        var root: QualifiedName
        var plans: ArraySlice<(number: Int, plan: XSDSet.Plan)>
    }

    private struct Use {
        var trial: Trial
        var number: Int
        var plan: XSDSet.Plan
    }

    private let xsd: XSDSets
    private let part: XSDOutline.Part
    private let outline: XSDOutline
    private let lines: LineCounter

    init(_ xsd: XSDSets, _ part: XSDOutline.Part, of outline: XSDOutline, _ lines: LineCounter) {
        self.xsd = xsd
        self.part = part
        self.outline = outline
        self.lines = lines
    }

    /// What the sets say of each document of the part.
    ///
    /// In each set the outermost element that it declares is checked: of a declaration in an envelope the envelope, where
    /// the set has a schema for it.
    ///
    /// - Parameter documents: the documents' own elements by their number in the part.
    func findings(_ documents: [Int]) -> [[Finding]] {
        let text = outline.document(part)
        let chains = XSDPass(text, chainsTo: Set(documents)).chains
        var wanted: [Job: QualifiedName] = [:]
        let jobs = documents.map { element in
            xsd.sets.indices.compactMap { set -> Job? in
                guard let top = chains[element]?.first(where: { xsd.sets[set].declares($0.name) }) else { return nil }
                let job = Job(element: top.element, set: set)
                wanted[job] = top.name
                return job
            }
        }
        let outcomes = wanted.isEmpty ? [:] : outcomes(of: wanted, text)
        // Documents in one envelope have the same to say.
        var last: (jobs: [Job], findings: [Finding]) = ([], [])
        return jobs.map { jobs in
            // Silence would pass for validity.
            if jobs.isEmpty {
                return [
                    Finding(
                        "schema-none", .info,
                        "None of the schema sets given declares the document's root; it was not validated.")
                ]
            }
            if jobs != last.jobs { last = (jobs, findings(jobs, outcomes)) }
            return last.findings
        }
    }

    /// Tries the plans of each job, in rounds of one pass over the bytes, until by one of them there is no error.
    private func outcomes(
        of jobs: [Job: QualifiedName], _ text: (bytes: [UInt8], isUTF8: Bool)
    ) -> [Job: Outcome] {
        var foreign: Set<QualifiedName>?
        func foreignNames() -> Set<QualifiedName> {
            let names = foreign ?? XSDPass(text, findsForeign: true).foreign
            foreign = names
            return names
        }
        var outcomes: [Job: Outcome] = [:]
        var open = jobs.sorted { ($0.key.element, $0.key.set) < ($1.key.element, $1.key.set) }.map { job, root in
            Trial(job: job, root: root, plans: xsd.plans(for: root, in: job.set, foreign: foreignNames)[...])
        }
        while !open.isEmpty {
            var round: [Use] = []
            var passes: [XSDPass.Job] = []
            for i in open.indices {
                guard let (number, plan) = open[i].plans.popFirst() else { continue }
                do throws(XSDFault) {
                    passes.append(XSDPass.Job(element: open[i].job.element, schema: try xsd.compiled(plan.files)))
                    round.append(Use(trial: open[i], number: number, plan: plan))
                } catch {
                    if outcomes[open[i].job] == nil { outcomes[open[i].job] = .unusable(error) }
                }
            }
            let pass = passes.isEmpty ? nil : XSDPass(text, jobs: passes)
            for (use, result) in zip(round, pass?.results ?? []) {
                outcomes[use.trial.job] =
                    result.map { better(outcomes[use.trial.job], $0, use) }
                    ?? .unread(pass?.fault ?? "there is no memory")
                if result?.count == 0 { xsd.wasValid(use.trial.root, in: use.trial.job.set, by: use.plan) }
            }
            open.removeAll { trial in
                if case .valid = outcomes[trial.job] { return true }
                return trial.plans.isEmpty
            }
        }
        return outcomes
    }

    private func better(_ old: Outcome?, _ result: XSDResult, _ use: Use) -> Outcome {
        if result.count == 0 { return .valid }
        if case .invalid(_, let count, let plan) = old, (count, plan) < (result.count, use.number), let old {
            return old
        }
        return .invalid(result.errors, count: result.count, plan: use.number)
    }
}

// MARK: Words

extension XSDCheck {
    private func findings(_ jobs: [Job], _ outcomes: [Job: Outcome]) -> [Finding] {
        var valid: [String] = []
        var invalid: [(set: String, errors: [XSDError], count: Int)] = []
        var findings: [Finding] = []
        for job in jobs {
            let set = xsd.sets[job.set].name
            switch outcomes[job] {
            case .valid: valid.append(set)
            case .invalid(let errors, let count, _): invalid.append((set, errors, count))
            case .unusable(let fault): findings.append(unchecked(job, fault.description))
            case .unread(let reason): findings.append(unchecked(job, "libxml2 cannot read it: \(reason)"))
            case nil: break
            }
        }
        guard let root = jobs.first?.element else { return [] }
        let counts = invalid.map { "\($0.set) (\(XSDCheck.errors($0.count)))" }
        if !valid.isEmpty {
            let under = "The document is valid under \(XSDCheck.list(valid))"
            let not = counts.isEmpty ? "" : ", not under \(XSDCheck.list(counts, "or"))"
            return [Finding("schema-valid", .info, under + not + ".", at: place(root))] + findings
        }
        guard !invalid.isEmpty else { return findings }
        let severity: Severity = xsd.rejects ? .critical : .warning
        let errors = told(invalid.map { ($0.set, $0.errors) })
        let told = errors.prefix(Limits.xsdErrorsTold)
        var words = "The document is not valid under \(XSDCheck.list(counts, "or"))"
        if told.count < errors.count || invalid.contains(where: { $0.errors.count < $0.count }) {
            words += "; the first \(told.count) are told"
        }
        return [Finding("schema-invalid", severity, words + ".", at: place(root))] + told + findings
    }

    /// Errors of all sets in document order, the same error of several once.
    private func told(_ sets: [(set: String, errors: [XSDError])]) -> [Finding] {
        var order: [XSDError] = []
        var names: [XSDError: [String]] = [:]
        for (set, errors) in sets {
            for e in errors where names[e]?.last != set {
                if names[e] == nil { order.append(e) }
                names[e, default: []].append(set)
            }
        }
        let sorted = order.enumerated().sorted {
            ($0.element.place.element, $0.offset) < ($1.element.place.element, $1.offset)
        }
        return sorted.map(\.element).map { e in
            Finding(
                "schema-error", .warning,
                "\(XSDCheck.list(names[e] ?? [])), line \(line(of: e.place.element)): \(e.message)",
                at: place(e.place.element, xpath: e.place.xpath))
        }
    }

    private func unchecked(_ job: Job, _ reason: String) -> Finding {
        Finding(
            "schema-unusable", .info, "The document was not checked against \(xsd.sets[job.set].name): \(reason).",
            at: place(job.element))
    }

    private func place(_ element: Int, xpath: String? = nil) -> Place {
        let index = element < part.starts.count ? part.starts[element] : nil
        return Place(offset: index.map(outline.offset), xpath: xpath)
    }

    /// The line of the file in which an element begins.
    private func line(of element: Int) -> Int {
        element < part.starts.count ? lines.line(at: part.starts[element]) : 1
    }

    private static func errors(_ n: Int) -> String {
        n == 1 ? "1 error" : n < Limits.xsdErrors ? "\(n) errors" : "\(n) errors or more"
    }

    /// `a`, `a and b`, `a, b and c`.
    private static func list(_ words: [String], _ last: String = "and") -> String {
        guard let end = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) " + end
    }
}
