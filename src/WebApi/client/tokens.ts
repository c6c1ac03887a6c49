import { ApiError, CleanPortfolioClient, type SessionTokens } from "./cleanportfolio.js";

/** Who calls: a program by its key, an account by its password, or somebody by access tokens of an issuer that the service knows. */
export type CallerCredentials =
    | { readonly apiKey: string }
    | { readonly email: string; readonly password: string }
    | { readonly accessToken: () => string | Promise<string> };

export type Fetch = (address: RequestInfo, init?: RequestInit) => Promise<Response>;

const margin = 30_000;

/**
 * The tokens of the one that calls. However many calls need a new one at once, it is fetched once: a refresh token is good for one use, and
 * a second use ends the session.
 */
export class Tokens {
    private readonly access: CleanPortfolioClient;
    private session: Promise<Session> | undefined;

    constructor(url: string, private readonly credentials: CallerCredentials | undefined, fetch: Fetch) {
        this.access = new CleanPortfolioClient(url, { fetch });
    }

    /** Whether another token may be had than one that was refused. */
    get areRenewable(): boolean {
        return this.credentials !== undefined && !("apiKey" in this.credentials);
    }

    /** What to show, other than what was refused; nothing without credentials. */
    async get(refused?: string): Promise<string | undefined> {
        if (this.credentials === undefined)
            return undefined;
        if ("apiKey" in this.credentials)
            return this.credentials.apiKey;
        if ("accessToken" in this.credentials)
            return await this.credentials.accessToken();
        return (await this.current(this.credentials, refused)).accessToken;
    }

    /** Ends the session, if there is one: its tokens are good for nothing from now on. */
    async signOut(): Promise<void> {
        const session = this.session;
        this.session = undefined;
        const known = await session?.catch(() => undefined);
        if (known)
            await this.access.closeSession({ refreshToken: known.refreshToken });
    }

    private async current(account: Account, refused?: string): Promise<Session> {
        const held = this.session ?? this.keep(this.open(account));
        const known = await held;
        if (!isOver(known, refused))
            return known;
        // Whoever comes first renews for all who wait.
        if (this.session === held)
            return await this.keep(this.renew(account, known));
        return await this.current(account, refused);
    }

    private keep(session: Promise<Session>): Promise<Session> {
        this.session = session;
        session.catch(() => {
            if (this.session === session)
                this.session = undefined;
        });
        return session;
    }

    private async open({ email, password }: Account): Promise<Session> {
        return received(await this.access.openSession({ email, password }));
    }

    private async renew(account: Account, session: Session): Promise<Session> {
        try {
            return received(await this.access.updateSession({ refreshToken: session.refreshToken }));
        } catch (error) {
            if (error instanceof ApiError && error.status === 401)
                return await this.open(account);
            throw error;
        }
    }
}

type Account = { readonly email: string; readonly password: string };

type Session = SessionTokens & { readonly renewAt: number };

function received(tokens: SessionTokens): Session {
    const end = Date.parse(tokens.expiresAt);
    // By a clock that is far off every token would be over: then the service's 401 tells.
    return { ...tokens, renewAt: end - Date.now() > margin ? end - margin : Number.POSITIVE_INFINITY };
}

function isOver(session: Session, refused: string | undefined): boolean {
    return session.accessToken === refused || Date.now() > session.renewAt;
}
