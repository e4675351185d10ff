import Vocabulary

/// What the acts of each order and shipment add up to, looked up by the rules.
struct Books {
    let orders: [Int: OrderBook]
    let shipments: [Int: ShipmentBook]

    init(_ world: World) {
        var orders: [Int: OrderBook] = [:]
        for (t, thing) in world.things.enumerated() where thing.kind == .purchaseOrder {
            orders[t] = OrderBook(t, world)
        }
        self.orders = orders
        var shipments: [Int: ShipmentBook] = [:]
        for (t, thing) in world.things.enumerated() where thing.kind == .shipment {
            shipments[t] = ShipmentBook(t, world, orders)
        }
        self.shipments = shipments
    }

    /// The order line that a line of an act is about: in the order it names, else in any of the act's orders.
    func item(of line: Line, act n: Int, _ world: World) -> (order: Int, item: Item)? {
        OrderBook.item(of: line, act: n, world, orders)
    }

    /// Shipments that carry an order.
    func shipments(of order: Int, _ world: World) -> [Int] {
        (world.below[order] ?? []).filter { shipments[$0] != nil }.sorted()
    }

    /// The promised delivery of a shipment: of several orders the latest.
    func promised(_ shipment: Int, _ world: World, before time: Int? = nil) -> Moment? {
        (world.linker.upward[shipment] ?? []).sorted().compactMap { orders[$0]?.promised(before: time) }.max()
    }
}
