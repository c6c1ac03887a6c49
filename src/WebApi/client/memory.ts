/** Answers that may still hold: the service is asked whether they do, and what it says with 304 is not sent again. */
export class Memory {
    private readonly answers = new Map<string, { readonly tag: string; readonly body: string; readonly headers: Headers }>();

    constructor(private readonly most: number) {}

    /** Adds If-None-Match; what one caller was answered is not another's, so the name must tell who calls. */
    ask(name: string, headers: Headers): void {
        const known = this.answers.get(name);
        if (known && !headers.has("If-None-Match"))
            headers.set("If-None-Match", known.tag);
    }

    /** The answer itself, or the one that still holds. */
    async answer(name: string, response: Response): Promise<Response> {
        const known = this.answers.get(name);
        if (response.status === 304 && known) {
            this.answers.delete(name);
            this.answers.set(name, known);
            return new Response(known.body, { status: 200, headers: known.headers });
        }
        const tag = response.headers.get("ETag");
        if (response.status !== 200 || !tag || this.most === 0)
            return response;
        const body = await response.text();
        this.answers.delete(name);
        this.answers.set(name, { tag, body, headers: response.headers });
        for (const oldest of this.answers.keys())
            if (this.answers.size > this.most)
                this.answers.delete(oldest);
        return new Response(body, { status: 200, headers: response.headers });
    }
}
