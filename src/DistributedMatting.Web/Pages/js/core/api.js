/** The service refused, or could not be reached (status 0). The message is a sentence for the person. */
export class Problem extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** Told when the service asks for a key. */
export const access = new EventTarget();

const Base = "/api/v1";

export const address = path => Base + path;

/** Calls the API and gives the answer's record, its names in camelCase; null for an empty answer. */
export async function call(method, path, body = undefined, { signal } = {}) {
  const answer = await request(method, path, body, signal);
  if (answer.status === 204) return null;
  const type = answer.headers.get("content-type") ?? "";
  return type.includes("json") ? camelCased(await answer.json()) : await answer.text();
}

async function request(method, path, body, signal) {
  let answer;
  try {
    answer = await fetch(address(path), {
      method,
      signal,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "the service cannot be reached; nothing was changed");
  }
  if (answer.ok) return answer;
  throw await problemOf(answer, path);
}

/** The sentence of a refusal; a refusal for want of a key is told to {@link access}. */
export async function problemOf(answer, path) {
  let sentence = `the service answered with ${answer.status}`;
  try {
    const details = await answer.json();
    sentence = details.detail ?? details.title ?? sentence;
  } catch { /* a proxy's page: its number must do */ }
  if (answer.status === 401 && path !== "/session") access.dispatchEvent(new Event("key-wanted"));
  return new Problem(answer.status, sentence);
}

/** Names in records arrive as snake_case; here they are camelCase. */
export function camelCased(value) {
  if (Array.isArray(value)) return value.map(camelCased);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) =>
    [name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase()), camelCased(inner)]));
}
