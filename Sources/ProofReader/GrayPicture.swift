/// A page or a part of it in shades of gray.
struct GrayPicture: Sendable {
    let width: Int
    let height: Int
    /// Row by row, 0 is black.
    let pixels: [UInt8]
    /// Pixels a point.
    let scale: Double
    /// Where its top left corner is on the page, in points.
    var left = 0.0
    var top = 0.0

    /// The part within a box of the page; nil where they have less than 16 pixels in common in a direction.
    func cut(_ box: Box) -> GrayPicture? {
        let x0 = max(0, Int(((box.x0 - left) * scale).rounded(.down)))
        let y0 = max(0, Int(((box.y0 - top) * scale).rounded(.down)))
        let x1 = min(width, Int(((box.x1 - left) * scale).rounded(.up)))
        let y1 = min(height, Int(((box.y1 - top) * scale).rounded(.up)))
        guard x1 - x0 >= 16, y1 - y0 >= 16 else { return nil }
        if x0 == 0, y0 == 0, x1 == width, y1 == height { return self }
        var part: [UInt8] = []
        part.reserveCapacity((x1 - x0) * (y1 - y0))
        for y in y0..<y1 { part += pixels[(y * width + x0)..<(y * width + x1)] }
        return GrayPicture(
            width: x1 - x0, height: y1 - y0, pixels: part, scale: scale, left: left + Double(x0) / scale,
            top: top + Double(y0) / scale)
    }
}
