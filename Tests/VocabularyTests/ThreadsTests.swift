import Testing
import Vocabulary

@Suite struct ThreadsTests {
    @Test(arguments: [0, 1, 255, 256, 257, 5000])
    func mappedByAllProcessorsAListKeepsItsOrder(_ count: Int) {
        let items = Array(0..<count)
        #expect(Threads.map(items) { $0 * 3 } == items.map { $0 * 3 })
    }
}
