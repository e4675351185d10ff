import Testing

@testable import Vocabulary

@Suite struct MomentTests {
    @Test(arguments: [
        ("2026-03-31", "2026-03-31"), ("2026-03-31T10:00", "2026-03-31T10:00:00"),
        ("2026-03-31T10:00:05Z", "2026-03-31T10:00:05Z"), ("2026-03-31T23:30:00-05:00", "2026-04-01T04:30:00Z"),
        ("2026-03-31T10:00:05.250+0100", "2026-03-31T09:00:05Z"),
    ])
    func keepsPrecisionAndZone(_ text: String, _ shown: String) {
        #expect(Moment(iso: text)?.description == shown)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "26-01-01", "2026-01-01T25:00", "2026-01-01Tnoon", "2026-01-01T10:00+",
    ])
    func refusesWhatIsNoDate(_ text: String) {
        #expect(Moment(iso: text) == nil)
    }

    @Test func knowsTheCalendar() throws {
        let leap = try #require(Moment(year: 2024, month: 2, day: 29))
        #expect(leap.adding(days: 1).description == "2024-03-01")
        #expect(leap.weekday == 4)
        #expect(Moment(year: 1970, month: 1, day: 1)?.day == 0)
        #expect(Moment(epochSeconds: -1).description == "1969-12-31T23:59:59Z")
    }

    @Test func everyDayOfFiftyYearsComesBackAsItself() {
        for day in stride(from: 0, to: 18_300, by: 1) {
            let m = Moment(day: day)
            let c = m.civil
            #expect(Moment(year: c.year, month: c.month, day: c.day) == m)
        }
    }

    @Test func aDayEndsWithItsLastSecond() throws {
        let day = try #require(Moment(iso: "2026-03-31"))
        #expect(day.lastSecond - day.epochSeconds == 86_399)
        #expect(day.instant == "2026-03-31T00:00:00Z")
    }
}
