import { CleanPortfolioClient } from "./cleanportfolio.js";
import { Calls, type Patience } from "./calls.js";
import { Tokens, type CallerCredentials, type Fetch } from "./tokens.js";

/** As whom the service is called, and how. */
export interface Connection extends Patience {
    /** Who calls; only what is open to everybody can be called without. */
    readonly credentials?: CallerCredentials;
    /** What sends; the platform's fetch if absent. */
    readonly fetch?: Fetch;
}

/** A client that stays signed in, gives every POST a key of its own, and repeats what is safe to repeat. */
export class ConnectedClient extends CleanPortfolioClient {
    private readonly tokens: Tokens;

    constructor(url: string, connection: Connection) {
        const send = connection.fetch ?? ((address, init) => fetch(address, init));
        const tokens = new Tokens(url, connection.credentials, send);
        super(url, new Calls(send, tokens, connection));
        this.tokens = tokens;
    }

    /** Ends the session, if there is one: its tokens are good for nothing from now on. The next call signs in again. */
    signOut(): Promise<void> {
        return this.tokens.signOut();
    }
}

/** `connect("https://portfolio.example.com", { credentials: { apiKey } })` */
export function connect(url: string, connection: Connection = {}): ConnectedClient {
    return new ConnectedClient(url.replace(/\/+$/, ""), connection);
}
