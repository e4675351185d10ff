extension Page {
    /// The page as it was recognised: in its upright frame, with the words that the file itself holds put over those that
    /// were read in their places.
    func recognised(_ r: Recogniser.Recognition, _ spelling: Spelling) -> Page {
        let own = chunks.flatMap(\.words).map { w in
            var moved = w
            moved.box = r.turn.forth(w.box)
            return moved
        }
        // Bars are no letters, whatever was read into them.
        let bars = codes.map { r.turn.forth($0.box).inset(2) }
        let read = r.words.filter { w in
            !own.contains { $0.box.meets(w.box.inset(1)) }
                && !bars.contains { $0.meets(Box(x0: w.box.midX, y0: w.box.midY, x1: w.box.midX, y1: w.box.midY)) }
        }
        var page = self
        page.width = r.turn.width
        page.height = r.turn.height
        page.chunks = Page.chunks(of: own + spelling.corrected(read.flatMap(Page.cutAtColon)))
        page.images = images.map(r.turn.forth)
        page.marks = marks.map { Mark(kind: $0.kind, box: r.turn.forth($0.box)) }
        page.turn = r.turn
        page.unread = r.unread
        return page
    }
}
