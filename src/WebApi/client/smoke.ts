// Walks the main job against a running service: node dist/smoke.js http://localhost:5080 KEY [ticker]
import { ApiError, CleanPortfolioClient, type JobDetails, type Problem } from "./cleanportfolio.js";

declare const process: { argv: string[] };

const [, , url = "http://localhost:5080", key = "", ticker = "AAPL"] = process.argv;
const api = new CleanPortfolioClient(url, {
    fetch: (address, init) =>
        fetch(address, { ...init, headers: { ...init?.headers, "X-Api-Key": key }, signal: AbortSignal.timeout(30_000) }),
});
let checks = 0;

const customer = await api.registerCustomer({ name: "Zoë O'Hara", email: `smoke-${crypto.randomUUID()}@example.com` });
equal(await api.getCustomer(customer.id), customer, "the customer that was registered");
const portfolio = await api.openPortfolio(customer.id, { name: "Smoke", currency: "USD" });
equal(portfolio.cash, "external", "the portfolio's cash mode, not told");

const started = await api.startPopulation({ from: "2024-01-02", to: "2024-02-29", tickers: [ticker, "NOSUCH"] });
const job = await over(started);
equal(job.status, "partiallySucceeded", "the job, of which one ticker is unknown");
const items = await api.listJobItems(job.id, "failed");
equal(items.items.map((item) => [item.key, item.reason]), [["NOSUCH", "unknownSymbol"]], "the failed items");

const stock = (await api.searchStocks(undefined, ticker)).items[0] ?? fail(`${ticker} is not known after its population`);
const prices = (await api.getStockPrices(stock.id, "2024-01-02", "2024-02-29")).prices;
const [first, last] = [prices[0] ?? fail("there is no price"), prices[prices.length - 1] ?? fail("there is no price")];

const bought = await api.recordTransaction(portfolio.id, {
    kind: "buy", date: first.date, ticker, quantity: "10.50", unitPrice: "100.10", fee: "1.00", externalId: "first",
});
equal([bought.quantity, bought.unitPrice, bought.fee], ["10.50", "100.10", "1.00"], "amounts, to the digit");
const [key, sale] = [crypto.randomUUID(), { kind: "sell", date: last.date, stockId: stock.id, quantity: "0.5", unitPrice: "120" } as const];
const sold = await api.recordTransaction(portfolio.id, sale, key);
equal(await api.recordTransaction(portfolio.id, sale, key), sold, "the same sale under the same key");

const holdings = await api.getHoldings(portfolio.id, last.date);
equal(holdings.holdings.map((holding) => [holding.ticker, Number(holding.quantity)]), [[ticker, 10]], "the holdings");
equal(holdings.holdings[0]?.price, last.close, "the price of the last session");
const returns = await api.getPortfolioReturns(portfolio.id, first.date, last.date);
equal(Number(returns.total.inflows), 10.5 * 100.1 + 1, "what was put in");
equal(Number(returns.total.outflows), 60, "what was taken out");
equal(returns.stocks.map((one) => one.ticker), [ticker], "the stocks in the returns");
equal((await api.getCustomerReturns(customer.id, first.date, last.date)).total, returns.total, "the customer's only portfolio's total");

const oversold = await problem(
    api.recordTransaction(portfolio.id, { kind: "sell", date: last.date, ticker, quantity: "11", unitPrice: "120" }));
equal([oversold.status, oversold.code], [422, "transaction.oversold"], "selling more than is held");
const invalid = await problem(
    api.recordTransaction(portfolio.id, { kind: "buy", date: last.date, ticker, quantity: "-1", unitPrice: "120" }));
equal([invalid.status, invalid.code, Object.keys(invalid.errors ?? {})], [400, "request.invalid", ["quantity"]], "a negative quantity");
const missing = await problem(api.getPortfolio(crypto.randomUUID()));
equal([missing.status, missing.code], [404, "portfolio.notFound"], "an unknown portfolio");

await api.voidTransaction(portfolio.id, bought.id, "*").then(() => fail("a purchase whose shares are sold was voided"), () => undefined);
const listed = await api.listTransactions(portfolio.id, undefined, undefined, undefined, 1);
equal(listed.items.map((entry) => entry.id), [bought.id], "the first page of the ledger");
equal((await api.listTransactions(portfolio.id, undefined, undefined, listed.nextCursor ?? fail("no next page"))).nextCursor, null, "the end");

const file = await api.exportTransactions(portfolio.id, "csv");
const known = await api.importTransactions(portfolio.id, file.data);
equal([known.counts.new, known.counts.same], [0, 2], "an export that comes back into its own ledger");
const copy = await api.openPortfolio(customer.id, { name: "Copy", currency: "USD" });
equal((await api.importTransactions(copy.id, file.data)).counts.new, 2, "an export in an empty portfolio");
console.log(`${checks} checks passed`);

async function over(started: JobDetails): Promise<JobDetails> {
    for (let job = started, looks = 0; looks < 1200; job = await api.getJob(started.id), looks++) {
        if (job.finishedAt !== null) return job;
        await new Promise((wake) => setTimeout(wake, 100));
    }
    return fail("the job is not over after two minutes");
}

async function problem(refused: Promise<unknown>): Promise<Problem> {
    try {
        await refused;
    } catch (error) {
        if (error instanceof ApiError) return error.problem;
        throw error;
    }
    return fail("a wrong request was accepted");
}

function equal(actual: unknown, expected: unknown, what: string): void {
    if (JSON.stringify(actual) !== JSON.stringify(expected))
        fail(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
    checks++;
}

function fail(why: string): never {
    throw new Error(why);
}
