import { secondsOf } from "./cleanportfolio.js";
import { Memory } from "./memory.js";
import type { Fetch, Tokens } from "./tokens.js";

const key = "Idempotency-Key";

/** How patiently the service is called. */
export interface Patience {
    /** How often a call is repeated after a network failure, 429 or 503, if repeating is safe; 3 if absent. */
    readonly retries?: number;
    /** Milliseconds before the first repetition, doubling, unless the service tells how long; 500 if absent. */
    readonly retryDelay?: number;
    /** The longest wait in milliseconds that a Retry-After may ask for; what must wait longer fails at once. 30000 if absent. */
    readonly longestWait?: number;
    /** Limit of one attempt in milliseconds; 100000 if absent. */
    readonly attemptTimeout?: number;
    /** How many computed answers are kept in memory, so that the service need not compute and send them again; none if absent. */
    readonly rememberedAnswers?: number;
}

/** Calls with a key that is kept over all attempts, with a token that is renewed when refused, and again where that is safe. */
export class Calls {
    private readonly retries: number;
    private readonly retryDelay: number;
    private readonly longestWait: number;
    private readonly attemptTimeout: number;
    private readonly memory: Memory;

    constructor(private readonly send: Fetch, private readonly tokens: Tokens, patience: Patience) {
        ({ retries: this.retries = 3, retryDelay: this.retryDelay = 500 } = patience);
        ({ longestWait: this.longestWait = 30_000, attemptTimeout: this.attemptTimeout = 100_000 } = patience);
        this.memory = new Memory(patience.rememberedAnswers ?? 0);
    }

    async fetch(address: RequestInfo, init: RequestInit = {}): Promise<Response> {
        const headers = new Headers(init.headers);
        // A header that was not given is sent empty by the generated code.
        for (const [name, value] of [...headers])
            if (value === "")
                headers.delete(name);
        // These know no keys: the second use of a refresh token ends its session, and a second change of a password finds another one.
        const isAboutAccess = /\/auth\/(token|refresh|password|sign-out)$/.test(String(address));
        if (init.method === "POST" && !headers.has(key) && !isAboutAccess)
            headers.set(key, crypto.randomUUID());
        for (let attempt = 0; ; attempt++) {
            const outcome = await this.attempt(address, { ...init, headers });
            const isRepeatable = init.method === "GET" || headers.has(key);
            const wait = attempt < this.retries && !init.signal?.aborted ? await this.waitAfter(outcome, isRepeatable, attempt) : undefined;
            if (wait !== undefined)
                await pause(wait, init.signal);
            else if (outcome instanceof Response)
                return outcome;
            else
                throw outcome.failure;
        }
    }

    private async attempt(address: RequestInfo, init: RequestInit & { headers: Headers }): Promise<Response | Failure> {
        const token = await this.tokens.get();
        const answer = await this.once(address, init, token);
        if (!(answer instanceof Response) || answer.status !== 401 || !this.tokens.areRenewable)
            return answer;
        // A wrong password, which a second attempt would count twice, is not a wrong token.
        if (await says(answer, "access.credentials"))
            return answer;
        const next = await this.tokens.get(token);
        return next === token ? answer : await this.once(address, init, next);
    }

    private async once(address: RequestInfo, init: RequestInit & { headers: Headers }, token: string | undefined): Promise<Response | Failure> {
        const headers = new Headers(init.headers);
        if (token !== undefined)
            headers.set("Authorization", `Bearer ${token}`);
        const name = init.method === "GET" ? `${token}\n${String(address)}` : undefined;
        if (name !== undefined)
            this.memory.ask(name, headers);
        const limit = AbortSignal.timeout(this.attemptTimeout);
        try {
            const answer = await this.send(address, { ...init, headers, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
            return name === undefined ? answer : await this.memory.answer(name, answer);
        } catch (failure) {
            return { failure };
        }
    }

    /**
     * Milliseconds until the next attempt, if there is to be one. 429 and 503 say that nothing was done: any call is repeated. After a network
     * failure, or when the database went away, nobody knows: reading is repeated, and what bears a key; changes by version are not, since the
     * second answer would be 412 or 404 although the first was good.
     */
    private async waitAfter(outcome: Response | Failure, isRepeatable: boolean, attempt: number): Promise<number | undefined> {
        const delay = this.retryDelay * 2 ** attempt * (0.5 + Math.random() / 2);
        if (!(outcome instanceof Response))
            return isRepeatable ? delay : undefined;
        switch (outcome.status) {
            case 429:
            case 503: {
                // The database may have gone away in the middle of a commit.
                if (!isRepeatable && (await says(outcome, "service.unavailable")))
                    return undefined;
                const wait = (secondsOf(outcome.headers.get("Retry-After")) ?? delay / 1000) * 1000;
                return wait <= this.longestWait ? wait : undefined;
            }
            case 502:
            case 504:
                return isRepeatable ? delay : undefined;
            case 409:
                // The attempt before is still at work: its answer comes with the next one.
                return attempt > 0 && (await says(outcome, "idempotency.inProgress")) ? delay : undefined;
            default:
                return undefined;
        }
    }
}

interface Failure {
    readonly failure: unknown;
}

/** Milliseconds, or until the caller gives up, which the next attempt then tells. */
function pause(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
    return new Promise((wake) => {
        const timer = setTimeout(wake, milliseconds);
        signal?.addEventListener("abort", () => { clearTimeout(timer); wake(); }, { once: true });
    });
}

async function says(refusal: Response, code: string): Promise<boolean> {
    return (await refusal.clone().text()).includes(`"${code}"`);
}
