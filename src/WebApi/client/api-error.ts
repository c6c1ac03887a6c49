/** Whatever the service refuses or fails at: the HTTP status, and the problem that it answered. */
export class ApiError extends Error {
    override readonly name = "ApiError";
    readonly problem: Problem;

    constructor(message: string, readonly status: number, readonly response: string, readonly headers: { [key: string]: string }, result?: unknown) {
        const problem = (result ?? problemIn(response, headers)) as Problem | undefined;
        super(problem?.detail ?? message);
        this.problem = problem ?? { type: "about:blank", title: message, status, detail: response, code: "unknown", traceId: "" };
    }
}

function problemIn(response: string, headers: { [key: string]: string }): unknown {
    return headers["content-type"]?.startsWith("application/problem+json") ? JSON.parse(response) : undefined;
}

/** A file that was fetched. */
export interface FileResponse {
    data: Blob;
    status: number;
    fileName?: string | undefined;
    headers?: { [name: string]: string };
}
