import { ApiError, type ImportReport, type JobDetails, type Problem } from "./cleanportfolio.js";

/** A refusal whose code is known. */
export type Refusal<Code extends string> = ApiError & { readonly code: Code } & (Code extends "import.refused"
        ? { readonly problem: Problem & { readonly import: ImportReport } }
        : unknown);

/** Whether something thrown is a refusal with one of these codes: `if (isRefusal(error, "transaction.oversold")) ...` */
export function isRefusal<Code extends string>(error: unknown, ...codes: readonly Code[]): error is Refusal<Code> {
    return error instanceof ApiError && (codes as readonly string[]).includes(error.code);
}

/** The version of something, as If-Match wants it: `api.updateCustomer(customer.id, changes, etagOf(customer))`. */
export function etagOf(thing: { readonly version: number }): string {
    return `"${thing.version}"`;
}

/** If-Match of a change that overwrites whatever is there. */
export const anyVersion = "*";

/** All items of a list: `for await (const one of toEnd((cursor) => api.listCustomers(undefined, cursor))) ...` */
export async function* toEnd<T>(
    page: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>,
): AsyncGenerator<T, void, undefined> {
    for (let cursor: string | undefined, more = true; more; ) {
        const { items, nextCursor } = await page(cursor);
        yield* items;
        [cursor, more] = [nextCursor ?? undefined, nextCursor !== null];
    }
}

/** A job when it is over, however it ends. */
export async function jobOver(
    api: { getJob(id: string): Promise<JobDetails> }, id: string, everyMilliseconds = 1000, signal?: AbortSignal,
): Promise<JobDetails> {
    for (;;) {
        signal?.throwIfAborted();
        const job = await api.getJob(id);
        if (job.finishedAt !== null)
            return job;
        await new Promise((wake) => setTimeout(wake, everyMilliseconds));
    }
}
