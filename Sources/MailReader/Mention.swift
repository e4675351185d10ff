import Vocabulary

/// A date, an amount, a number or a reference that a sentence speaks of.
struct Mention {
    enum What {
        case date(DateMention)
        case amount(Exact, currency: String)
        case number(Exact, unit: String?)
        case reference(kind: String, value: String, line: String?, isLabelled: Bool)
        /// An article's number, by the word of `terms`.
        case part(String, value: String)
        /// A telephone number, web address or register entry: nothing of business.
        case nothing
    }

    var what: What
    /// Indices of the sentence's tokens.
    var tokens: Range<Int>
    /// In Unicode scalars of the text.
    var range: Range<Int>
    var raw: String

    /// The slot that stands for it in phrases; nil where its words are not shown to them.
    var slot: String? {
        switch what {
        case .date(let d):
            if case .shift = d.readings { "<days>" } else { "<date>" }
        case .amount: "<amount>"
        case .number(_, let unit): unit == nil ? "<number>" : "<quantity>"
        case .reference: "<reference>"
        case .part: "<part>"
        case .nothing: nil
        }
    }
}

/// What a text says of a day: one or more readings, in the writer's most likely order.
struct DateMention {
    enum Readings {
        case days([Moment])
        /// Day and month may be the other way round.
        case open(dayFirst: Moment, monthFirst: Moment)
        /// So many days after a date that has to be named beside it (two weeks later than planned).
        case shift(days: Int)
    }

    var readings: Readings
    /// Day before month or behind it, where the date itself shows which.
    var proves: Bool?
    /// Weekday, week or part of a month: less exact than a day.
    var isVague = false
}
