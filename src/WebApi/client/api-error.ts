/** With a signal that is undefined where none was given. */
type RequestInit = Omit<globalThis.RequestInit, "signal"> & { signal?: AbortSignal | null | undefined };

/** Whatever the service refuses or fails at: the HTTP status, and the problem that it answered. */
export class ApiError extends Error {
    override readonly name = "ApiError";
    readonly problem: Problem;
    /** Stable code of what is wrong, for programs; `unknown` where something else than the service answered. */
    readonly code: string;
    /** What is wrong with the request, by JSON path or name of the parameter; empty unless the status is 400. */
    readonly errors: { readonly [path: string]: readonly string[] };
    /** Finds the call in the service's logs. */
    readonly traceId: string;
    /** Seconds that the service asks to wait, if it does. */
    readonly retryAfter: number | undefined;

    constructor(message: string, readonly status: number, readonly response: string, readonly headers: { [key: string]: string }, result?: unknown) {
        const problem = (result ?? problemIn(response, headers)) as Problem | undefined;
        super(problem?.detail ?? message);
        this.problem = problem ?? { type: "about:blank", title: message, status, detail: response, code: "unknown", traceId: "" };
        this.code = this.problem.code;
        this.errors = this.problem.errors ?? {};
        this.traceId = this.problem.traceId;
        this.retryAfter = secondsOf(headers["retry-after"]);
    }
}

function problemIn(response: string, headers: { [key: string]: string }): unknown {
    return headers["content-type"]?.startsWith("application/problem+json") ? JSON.parse(response) : undefined;
}

/** Seconds that a header Retry-After means, whether it tells them or an instant. */
export function secondsOf(retryAfter: string | null | undefined): number | undefined {
    if (!retryAfter)
        return undefined;
    const seconds = Number(retryAfter);
    const instant = Date.parse(retryAfter);
    return Number.isFinite(seconds) ? seconds : Number.isNaN(instant) ? undefined : Math.max(0, (instant - Date.now()) / 1000);
}

/** A file that was fetched. */
export interface FileResponse {
    data: Blob;
    status: number;
    fileName?: string | undefined;
    headers?: { [name: string]: string };
}
