// Walks the main job against a running service: node dist/smoke.js http://localhost:5080 [ticker]
// Who calls: CLEANPORTFOLIO_KEY, an API key with all scopes, and CLEANPORTFOLIO_EMAIL and CLEANPORTFOLIO_PASSWORD of any account.
import {
    anyVersion, ApiError, connect, etagOf, isRefusal, jobOver, toEnd, type Fetch, type TransactionDraft,
} from "./index.js";

declare const process: { argv: string[]; env: { [name: string]: string | undefined } };

const [, , url = "http://localhost:5080", ticker = "AAPL"] = process.argv;
const { CLEANPORTFOLIO_KEY: apiKey = "", CLEANPORTFOLIO_EMAIL: email = "", CLEANPORTFOLIO_PASSWORD: password = "" } = process.env;
const statuses: number[] = [];
const api = connect(url, { credentials: { apiKey }, attemptTimeout: 30_000, rememberedAnswers: 10, fetch: async (address, init) => {
    const answer = await fetch(address, init);
    statuses.push(answer.status);
    return answer;
} });
let checks = 0;

const customer = await api.registerCustomer({ name: "Zoë O'Hara", email: `smoke-${crypto.randomUUID()}@example.com` });
equal(await api.getCustomer(customer.id), customer, "the customer that was registered");
const portfolio = await api.openPortfolio(customer.id, { name: "Smoke", currency: "USD" });
equal(portfolio.cash, "external", "the portfolio's cash mode, not told");

const started = await api.startPopulation({ from: "2024-01-02", to: "2024-02-29", tickers: [ticker, "NOSUCH"] });
const job = await jobOver(api, started.id, 100, AbortSignal.timeout(120_000));
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
const sale: TransactionDraft = { kind: "sell", date: last.date, stockId: stock.id, quantity: "0.5", unitPrice: "120" };
const key = crypto.randomUUID();
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

const before = statuses.length;
equal(await api.getPortfolioReturns(portfolio.id, first.date, last.date), returns, "returns that still hold");
equal(statuses.slice(before), [304], "what the service said to them");

const renamed = await api.updateCustomer(customer.id, { name: "Eve" }, etagOf(customer));
const late = await refusal(api.updateCustomer(customer.id, { name: "Mallory" }, etagOf(customer)));
equal([renamed.name, late.status], ["Eve", 412], "the second of two writers");

const oversold = await refusal(
    api.recordTransaction(portfolio.id, { kind: "sell", date: last.date, ticker, quantity: "11", unitPrice: "120" }));
equal([oversold.status, isRefusal(oversold, "transaction.oversold")], [422, true], "selling more than is held");
const invalid = await refusal(
    api.recordTransaction(portfolio.id, { kind: "buy", date: last.date, ticker, quantity: "-1", unitPrice: "120" }));
equal([invalid.status, invalid.code, Object.keys(invalid.errors)], [400, "request.invalid", ["quantity"]], "a negative quantity");
const missing = await refusal(api.getPortfolio(crypto.randomUUID()));
equal([missing.status, missing.code, missing.traceId.length], [404, "portfolio.notFound", 32], "an unknown portfolio");

await api.voidTransaction(portfolio.id, bought.id, anyVersion).then(() => fail("a purchase whose shares are sold was voided"), () => undefined);
const listed = await api.listTransactions(portfolio.id, undefined, undefined, undefined, 1);
equal(listed.items.map((entry) => entry.id), [bought.id], "the first page of the ledger");
equal((await api.listTransactions(portfolio.id, undefined, undefined, listed.nextCursor ?? fail("no next page"))).nextCursor, null, "the end");

const file = await api.exportTransactions(portfolio.id, "csv");
const known = await api.importTransactions(portfolio.id, file.data);
equal([known.counts.new, known.counts.same], [0, 2], "an export that comes back into its own ledger");
const copy = await api.openPortfolio(customer.id, { name: "Copy", currency: "USD" });
equal((await api.importTransactions(copy.id, file.data)).counts.new, 2, "an export in an empty portfolio");

const lossy = connect(url, { credentials: { apiKey }, retryDelay: 10, fetch: lossyOnce() });
const drawn = await lossy.openPortfolio(customer.id, { name: "Lossy", currency: "USD" });
const names: string[] = [];
for await (const one of toEnd((cursor) => api.listPortfolios(customer.id, cursor, 1)))
    names.push(one.name);
equal(names, ["Smoke", "Copy", drawn.name], "what was made by a call whose first answer was lost");

const unsure = connect(url, { credentials: { apiKey }, retryDelay: 10, fetch: unsureOnce() });
const stored = await refusal(unsure.updatePortfolio(drawn.id, { name: "Stored" }, etagOf(drawn)));
equal([stored.code, (await api.getPortfolio(drawn.id)).name], ["service.unavailable", "Stored"], "a change that was stored before a 503");

const giveUp = new AbortController();
const busy = connect(url, { credentials: { apiKey }, fetch: busyUntil(giveUp) });
const ended = await busy.getCaller(giveUp.signal).catch((error: unknown) => (error as Error).name);
equal(ended, "AbortError", "a call that the caller gave up while it waited for half a minute");

const tokens = new Set<string>();
let spoilt = "";
const person = connect(url, { credentials: { email, password }, fetch: (address, init) => {
    const headers = new Headers(init?.headers);
    const shown = headers.get("Authorization");
    if (shown) tokens.add(shown);
    if (shown === spoilt) headers.set("Authorization", "Bearer spoilt");
    return fetch(address, { ...init, headers });
} });
await together(20);
equal(tokens.size, 1, "tokens of twenty calls that began together");
spoilt = [...tokens][0] ?? fail("no token was shown");
await together(20);
equal(tokens.size, 2, "tokens after the first was refused");
await person.signOut();
equal([(await person.getCaller()).name, tokens.size], [email, 3], "who signs in again after signing out");
const typo = await refusal(person.updatePassword({ currentPassword: "wrong password", password: "another long password" }));
equal([typo.code, tokens.size], ["access.credentials", 3], "a wrong password given for a new one, which renews no token");
const stranger = await refusal(connect(url, { credentials: { email, password: "wrong password" } }).getCaller());
equal([stranger.status, isRefusal(stranger, "access.credentials")], [401, true], "a wrong password");
console.log(`${checks} checks passed`);

async function together(calls: number): Promise<void> {
    for (const caller of await Promise.all(Array.from({ length: calls }, () => person.getCaller())))
        if (caller.name !== email) fail(`the caller is ${caller.name}`);
}

/** Loses the first answer on its way: the service has done what it was asked. */
function lossyOnce(): Fetch {
    let losses = 1;
    return async (address, init) => {
        const answer = await fetch(address, init);
        if (losses-- > 0) throw new TypeError(`lost ${answer.status}`);
        return answer;
    };
}

/** Loses the database while it commits: the service has done what it was asked, and can't know. */
function unsureOnce(): Fetch {
    let times = 1;
    return async (address, init) => {
        const answer = await fetch(address, init);
        const problem = { type: "about:blank", title: "", status: 503, detail: "", code: "service.unavailable", traceId: "" };
        return times-- > 0 ? new Response(JSON.stringify(problem), { status: 503, headers: { "content-type": "application/problem+json" } }) : answer;
    };
}

/** Has no time, and lets the caller give up. */
function busyUntil(giveUp: AbortController): Fetch {
    return (_, init) => {
        init?.signal?.throwIfAborted();
        setTimeout(() => giveUp.abort(), 10);
        return Promise.resolve(new Response("", { status: 503, headers: { "Retry-After": "30" } }));
    };
}

async function refusal(refused: Promise<unknown>): Promise<ApiError> {
    try {
        await refused;
    } catch (error) {
        if (error instanceof ApiError) return error;
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
