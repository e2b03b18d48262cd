// What the page asks of the server: fragments of HTML, and gestures.

export const { user, conversation } = document.body.dataset;

const NO_CONNECTION = { ok: false, error: "We had some trouble connecting. Try again?" };

export async function fragment(path) {
  const response = await fetch(`/fragments/${user}/${path}`);
  // After a restart the workspace may be another one.
  if (response.status === 404) location.assign("/");
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

export async function gesture(name, details) {
  try {
    const response = await fetch(`/gestures/${user}/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(details),
    });
    return response.ok ? await response.json() : NO_CONNECTION;
  } catch {
    return NO_CONNECTION;
  }
}
