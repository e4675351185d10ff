import Foundation

/// Customs declarations in the WCO data model as HMRC's CDS takes them, made up from a seed: names, nesting and the share of
/// markup (about three bytes in four) are those of the published samples, with 1 to 40 items each.
struct Declarations {
    private var numbers: SplitMix
    private var count = 0

    init(seed: UInt64) { numbers = SplitMix(seed: seed) }

    /// The next declaration, in its `MetaData`.
    mutating func next() -> String {
        count += 1
        let items = numbers.number(1...4) == 1 ? numbers.number(10...40) : numbers.number(1...8)
        let number = String(format: "%09d", count)
        let trader = "GB\(numbers.number(100_000_000_000...999_999_999_999))"
        return """
            <md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
              <md:WCODataModelVersionCode>3.6</md:WCODataModelVersionCode>
              <md:WCOTypeName>DEC</md:WCOTypeName>
              <md:ResponsibleCountryCode>GB</md:ResponsibleCountryCode>
              <Declaration>
                <FunctionCode>9</FunctionCode>
                <FunctionalReferenceID>LRN\(number)</FunctionalReferenceID>
                <TypeCode>IMA</TypeCode>
                <GoodsItemQuantity>\(items)</GoodsItemQuantity>
                <InvoiceAmount currencyID="GBP">\(numbers.number(100...999_999)).50</InvoiceAmount>
                <TotalGrossMassMeasure>\(numbers.number(50...20_000))</TotalGrossMassMeasure>
                <TotalPackageQuantity>\(numbers.number(1...500))</TotalPackageQuantity>
                <Agent>
                  <ID>\(trader)</ID>
                  <FunctionCode>2</FunctionCode>
                </Agent>
                <Declarant>
                  <Name>Wharfside Clearance &amp; Sons Ltd</Name>
                  <ID>\(trader)</ID>
                  <Address>
                    <CityName>Felixstowe</CityName>
                    <CountryCode>GB</CountryCode>
                    <Line>Dock Gate 2</Line>
                    <PostcodeID>IP11 3TW</PostcodeID>
                  </Address>
                </Declarant>
                <GoodsShipment>
            \(shipment(number))
            \((1...items).map { item($0, number) }.joined())    </GoodsShipment>
              </Declaration>
            </md:MetaData>

            """
    }

    private mutating func shipment(_ number: String) -> String {
        """
              <Consignee>
                <ID>GB\(numbers.number(100_000_000_000...999_999_999_999))</ID>
              </Consignee>
              <Consignment>
                <ContainerCode>1</ContainerCode>
                <GoodsLocation>
                  <Name>FXTFXTFXT</Name>
                  <TypeCode>A</TypeCode>
                  <Address>
                    <CountryCode>GB</CountryCode>
                  </Address>
                </GoodsLocation>
                <TransportEquipment>
                  <SequenceNumeric>1</SequenceNumeric>
                  <ID>KXLU\(number.suffix(7))</ID>
                </TransportEquipment>
              </Consignment>
              <PreviousDocument>
                <CategoryCode>Z</CategoryCode>
                <ID>6GB123456789012-\(number)</ID>
                <TypeCode>DCR</TypeCode>
                <LineNumeric>1</LineNumeric>
              </PreviousDocument>
              <TradeTerms>
                <ConditionCode>CIF</ConditionCode>
                <LocationID>GBFXT</LocationID>
              </TradeTerms>
        """
    }

    private mutating func item(_ n: Int, _ number: String) -> String {
        let net = numbers.number(1...900)
        return """
                  <GovernmentAgencyGoodsItem>
                    <SequenceNumeric>\(n)</SequenceNumeric>
                    <StatisticalValueAmount currencyID="GBP">\(numbers.number(10...9_999)).25</StatisticalValueAmount>
            \(["N935", "C505", "C506"].map { document($0, number) }.joined())        <Commodity>
                      <Description>Hexagon head screws of steel, zinc plated, M\(numbers.number(3...24))</Description>
                      <Classification>
                        <ID>\(numbers.number(10_000_000...99_999_999))</ID>
                        <IdentificationTypeCode>TSP</IdentificationTypeCode>
                      </Classification>
                      <Classification>
                        <ID>00</ID>
                        <IdentificationTypeCode>TRC</IdentificationTypeCode>
                      </Classification>
                      <GoodsMeasure>
                        <GrossMassMeasure>\(net + numbers.number(1...90))</GrossMassMeasure>
                        <NetNetWeightMeasure>\(net)</NetNetWeightMeasure>
                      </GoodsMeasure>
                      <InvoiceLine>
                        <ItemChargeAmount currencyID="GBP">\(numbers.number(10...9_999)).10</ItemChargeAmount>
                      </InvoiceLine>
                    </Commodity>
                    <CustomsValuation>
                      <MethodCode>1</MethodCode>
                    </CustomsValuation>
                    <GovernmentProcedure>
                      <CurrentCode>40</CurrentCode>
                      <PreviousCode>00</PreviousCode>
                    </GovernmentProcedure>
                    <GovernmentProcedure>
                      <CurrentCode>000</CurrentCode>
                    </GovernmentProcedure>
                    <Origin>
                      <CountryCode>CN</CountryCode>
                      <TypeCode>1</TypeCode>
                    </Origin>
                    <Packaging>
                      <SequenceNumeric>1</SequenceNumeric>
                      <MarksNumbersID>ADDRESSED</MarksNumbersID>
                      <QuantityQuantity>\(numbers.number(1...60))</QuantityQuantity>
                      <TypeCode>BX</TypeCode>
                    </Packaging>
                  </GovernmentAgencyGoodsItem>

            """
    }

    private mutating func document(_ code: String, _ number: String) -> String {
        """
                <AdditionalDocument>
                  <CategoryCode>\(code.prefix(1))</CategoryCode>
                  <ID>\(code)/\(number)/\(numbers.number(1...9))</ID>
                  <TypeCode>\(code.dropFirst())</TypeCode>
                </AdditionalDocument>

        """
    }
}
