import CTesseract

/// Takes away from a page's picture what disturbs the recognition of its letters: specks, the rules of forms, bar codes.
struct Cleaning {
    /// The picture without them.
    let picture: Pix
    /// Ink and paper of the picture as it came.
    let ink: Pix

    /// Specks of a page from which on it is a noisy one, whose letters are frayed too.
    private static let noise = 1500

    /// - Parameters:
    ///   - gray: of 8 bits.
    ///   - ink: that of the picture.
    init?(_ gray: Pix, ink: Pix, resolution: Int) {
        self.ink = ink
        guard let clean = Pix(pixCopy(nil, gray.pointer)), let bars = Cleaning.bars(ink, resolution) else { return nil }
        pixSetMasked(clean.pointer, bars.pointer, 255)
        // At 200 dots an inch a full stop of 6 points has 3 dots each way.
        let speck = Int32(max(1, resolution / 100))
        var count: Int32 = 0
        guard
            let specks = Pix(
                pixSelectBySize(
                    ink.pointer, speck, speck, 8, Int32(L_SELECT_IF_BOTH), Int32(L_SELECT_IF_LTE), nil))
        else {
            picture = clean
            return
        }
        pixCountConnComp(specks.pointer, 8, &count)
        if count > 0, let wide = Pix(pixDilateBrick(nil, specks.pointer, 3, 3)) {
            pixSetMasked(clean.pointer, wide.pointer, 255)
        }
        if count > Cleaning.noise, let smooth = Pix(pixBlockconv(clean.pointer, 1, 1)) {
            picture = smooth
        } else {
            picture = clean
        }
    }

    /// Sauvola's threshold, which follows the light over the page.
    static func ink(of gray: Pix, resolution: Int) -> Pix? {
        let half = Int32(max(4, resolution / 6))
        guard gray.width > 2 * Int(half) + 2, gray.height > 2 * Int(half) + 2 else {
            return Pix(pixThresholdToBinary(gray.pointer, 150))
        }
        var ink: UnsafeMutablePointer<PIX>?
        pixSauvolaBinarize(gray.pointer, half, 0.34, 1, nil, nil, nil, &ink)
        return Pix(ink)
    }

    /// Straight strokes longer than a letter is high, and wider than one is wide.
    private static func bars(_ ink: Pix, _ resolution: Int) -> Pix? {
        guard let upright = Pix(pixOpenBrick(nil, ink.pointer, 1, Int32(resolution * 3 / 10))),
            let level = Pix(pixOpenBrick(nil, ink.pointer, Int32(resolution / 2), 1)),
            let both = Pix(pixOr(nil, upright.pointer, level.pointer))
        else { return nil }
        return Pix(pixDilateBrick(nil, both.pointer, 3, 3))
    }
}
