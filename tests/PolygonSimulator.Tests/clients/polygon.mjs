// Usage: node polygon.mjs BASE_URL. Reads a market through the client's own paging and prints what it got.
import { restClient } from "@polygon.io/client-js";

const client = restClient("a-key", process.argv[2], { pagination: true });
const none = (count) => Array(count).fill(undefined);

const tickers = await client.listTickers(...none(2), "stocks", ...none(10), "asc", 7, "ticker");
const bars = await client.getStocksAggregates("AAPL", 1, "day", "2019-09-01", "2021-08-31", false, "asc", 40);
const splits = await client.listStockSplits(...none(12), 3);
const dividends = await client.listDividends("KO", ...none(32), 4);

console.log(
  JSON.stringify({
    tickers: tickers.results.map((row) => row.ticker).sort(),
    bars: bars.results.map((row) => [row.t, row.o, row.h, row.l, row.c, row.v]).sort((left, right) => left[0] - right[0]),
    splits: splits.results.map((row) => row.id).sort(),
    dividends: dividends.results.map((row) => row.id).sort(),
  }),
);
