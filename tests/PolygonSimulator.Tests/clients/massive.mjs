// Usage: node massive.mjs BASE_URL. Reads a market through the client's own paging and prints what it got.
import { restClient } from "@massive.com/client-js";

const client = restClient("a-key", process.argv[2], { pagination: true });

const tickers = await client.listTickers({ market: "stocks", limit: 7 });
const bars = await client.getStocksAggregates({
  stocksTicker: "AAPL",
  multiplier: 1,
  timespan: "day",
  from: "2019-09-01",
  to: "2021-08-31",
  adjusted: false,
  sort: "asc",
  limit: 40,
});
const splits = await client.getStocksV1Splits({ limit: 3 });
const dividends = await client.getStocksV1Dividends({ ticker: "KO", limit: 4 });

console.log(
  JSON.stringify({
    tickers: tickers.results.map((row) => row.ticker).sort(),
    bars: bars.results.map((row) => [row.t, row.o, row.h, row.l, row.c, row.v]).sort((left, right) => left[0] - right[0]),
    splits: splits.results.map((row) => row.id).sort(),
    dividends: dividends.results.map((row) => row.id).sort(),
  }),
);
