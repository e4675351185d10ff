import Schemas
import Vocabulary

/// A label with the text that stands for it.
struct Field {
    var hit: Hit
    var page: Int
    /// The value's first line as printed; empty where the form was left empty.
    var text: String
    /// All lines of the value where it stands below its label (an address, a long remark).
    var lines: [String]
    var box: Box
    /// The whole rest of the label's line up to the next label: a date with its time, a figure with its unit.
    var row: String
    /// The words of `row`, where they are known one by one.
    var rowWords: [Word] = []
}

/// Finds the value of each label by where it stands: behind it in its chunk, right of it on its line, or below it.
struct FieldReader {
    let page: Page
    let hits: [Hit]
    /// Chunks that are a label's own or check boxes, never a value.
    private let starts: Set<Int>
    private let taken: Set<Int>

    /// - Parameter taken: chunks that are no values: rows of check boxes.
    init(_ page: Page, _ hits: [Hit], taken: Set<Int>) {
        self.page = page
        self.hits = hits
        self.taken = taken
        starts = Set(hits.filter { $0.words.lowerBound <= 1 }.map(\.chunk))
    }

    func fields() -> [Field] {
        var out = hits.indices.map { field(at: $0) }
        let values = Set(out.filter { !$0.text.isEmpty }.map(\.box))
        for i in out.indices where out[i].text.isEmpty && out[i].hit.whole && !out[i].hit.colon {
            guard let above = above(out[i].hit, values) else { continue }
            let words = FieldReader.cleaned(above.words)
            out[i].text = words.text
            out[i].lines = [out[i].text]
            out[i].row = out[i].text
            out[i].rowWords = words
            out[i].box = above.box
        }
        return out
    }

    /// The value over a caption: free, close above it, under no other label, and set no smaller than the caption.
    private func above(_ hit: Hit, _ values: Set<Box>) -> Chunk? {
        let found = page.chunks.enumerated().filter { i, c in
            let gap = hit.box.y0 - c.box.y1
            // A caption in smaller print belongs to the line over it, with room for handwriting between.
            let reach = hit.box.height < 0.8 * c.height ? 4 * hit.box.height : 12
            return isFree(i) && (-3...max(12, reach)).contains(gap) && c.height >= hit.box.height - 0.5
                && (abs(c.box.x0 - hit.box.x0) < 14 || c.box.overlapX(hit.box) > 0.5 * min(c.box.width, hit.box.width))
                && !values.contains(c.box) && !FieldReader.cleaned(c.words).isEmpty
        }
        return found.max { $0.element.box.y1 < $1.element.box.y1 }?.element
    }

    private func isFree(_ chunk: Int) -> Bool { !starts.contains(chunk) && !taken.contains(chunk) }

    private func field(at i: Int) -> Field {
        let hit = hits[i]
        let chunk = page.chunks[hit.chunk]
        let nextHit =
            hits.indices.contains(i + 1) && hits[i + 1].chunk == hit.chunk
            ? hits[i + 1].words.lowerBound : chunk.words.count
        var words = Array(chunk.words[min(hit.words.upperBound, nextHit)..<nextHit])
        var rowWords = words
        if nextHit == chunk.words.count {
            var c = hit.chunk + 1
            var reach = words.last?.box.x1 ?? hit.box.x1
            while c < page.chunks.count, page.chunks[c].line == chunk.line, isFree(c),
                page.chunks[c].box.x0 - reach < 260
            {
                rowWords += page.chunks[c].words
                reach = page.chunks[c].box.x1
                if words.isEmpty { words = page.chunks[c].words }
                // A label inside that chunk ends the row.
                if let inner = hits.first(where: { $0.chunk == c }) {
                    let cut = page.chunks[c].words.count - inner.words.lowerBound
                    rowWords.removeLast(min(cut, rowWords.count))
                    if words.last == page.chunks[c].words.last { words.removeLast(min(cut, words.count)) }
                    break
                }
                c += 1
            }
        }
        words = FieldReader.cleaned(words)
        let below = below(hit, chunk)
        // The head of an address box has its address below it, whatever stands in the next box.
        let heads = hit.whole && !hit.colon && (hit.has("party") || hit.has("location"))
        if heads, let first = below.first, abs(first.box.x0 - hit.box.x0) < 5 { words = [] }
        if words.isEmpty {
            let first = FieldReader.cleaned(below.first?.words ?? [])
            return Field(
                hit: hit, page: page.number, text: first.text, lines: below.map(\.text),
                box: below.first?.box ?? hit.box, row: first.text, rowWords: first)
        }
        let box = words.box ?? hit.box
        let text = words.text
        let row = FieldReader.cleaned(rowWords)
        let more = below.filter { abs($0.box.x0 - box.x0) < 12 || $0.box.x0 >= hit.box.x0 - 3 && !hit.whole }
        return Field(
            hit: hit, page: page.number, text: text, lines: [text] + more.map(\.text), box: box,
            row: row.text, rowWords: row)
    }

    /// Without leaders and underscores that stand for "write here".
    static func cleaned(_ words: [Word]) -> [Word] {
        words.filter { w in !w.text.allSatisfy { "_.…·:-–—=".contains($0) } }
    }

    /// The free chunks below a label, one a line, as long as they stand close together.
    private func below(_ hit: Hit, _ chunk: Chunk) -> [Chunk] {
        var out: [Chunk] = []
        var edge = hit.box
        let limit = max(2.4 * hit.box.height, 22)
        var line = chunk.line
        let alone = hit.whole && page.chunks.filter { $0.line == line }.count == 1
        for index in (hit.chunk + 1)..<max(page.chunks.count, hit.chunk + 1) where page.chunks[index].line > line {
            let c = page.chunks[index]
            let b = c.box
            if b.y0 - edge.y1 > (out.isEmpty ? limit : max(1.3 * edge.height, 8)) { break }
            let aligned =
                abs(b.x0 - hit.box.x0) < 12 || (alone && b.x0 > hit.box.x0 && b.x0 < hit.box.x1)
                || (b.overlapX(hit.box) > 0.5 * min(b.width, hit.box.width) && !hit.colon)
                || (!out.isEmpty && abs(b.x0 - edge.x0) < 12)
            guard aligned else { continue }
            guard isFree(index) else { break }
            out.append(c)
            line = c.line
            edge = b
            if out.count == 8 { break }
        }
        return out
    }
}
