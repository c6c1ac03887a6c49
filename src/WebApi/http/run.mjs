// Sends the requests of .http files in order, as an editor would: node run.mjs [--host http://localhost:5080] [--key cp_...] FILE...
// A request must succeed, unless its title ends with another status.
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";

const args = process.argv.slice(2);
const option = (name) => (args[0] === name ? args.splice(0, 2)[1] : undefined);
const host = option("--host");
const key = option("--key");
let [passed, failed] = [0, 0];

for (const file of args) {
    const [head, ...requests] = readFileSync(file, "utf8").split(/^### */m);
    const variables = Object.fromEntries([...head.matchAll(/^@(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value]));
    if (host) variables.host = host;
    if (key) variables.key = key;
    const answers = {};
    for (const text of requests) await send(file, text, variables, answers);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function send(file, text, variables, answers) {
    const [title, ...lines] = text.split("\n");
    const name = lines.find((line) => line.startsWith("# @name "))?.slice(8);
    const [head, ...body] = lines.filter((line) => !line.startsWith("#")).join("\n").trim().split("\n\n");
    const [request, ...headers] = head.split("\n");
    const [method, ...url] = fill(request, variables, answers).split(" ");
    const answer = await fetch(url.join(" "), {
        method,
        headers: headers.map((header) => fill(header, variables, answers).split(": ")),
        ...(body.length > 0 && { body: fill(body.join("\n\n"), variables, answers) }),
        signal: AbortSignal.timeout(60_000),
    });
    const content = await answer.text();
    if (name) answers[name] = content === "" ? null : JSON.parse(content);
    const expected = /: (\d{3})$/.exec(title)?.[1];
    const right = expected ? answer.status === Number(expected) : answer.ok;
    right ? passed++ : failed++;
    if (!right) console.error(`${file}: ${title}\n  ${method} ${url.join(" ")} answered ${answer.status}\n  ${content}`);
}

function fill(text, variables, answers) {
    return text.replace(/\{\{(.+?)\}\}/g, (_, what) => {
        if (what === "$guid") return randomUUID();
        const [name, path] = what.split(".response.body.$.");
        const value = path
            ? path.split(/[.[\]]+/).filter(Boolean).reduce((json, key) => json?.[key], answers[name])
            : variables[name] && fill(variables[name], variables, answers);
        if (value === undefined) throw new Error(`nothing is known as ${what}`);
        return value;
    });
}
