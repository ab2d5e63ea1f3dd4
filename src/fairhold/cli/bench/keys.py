"""How soon the queue answers a key, in a real browser: J and K until the next frame is drawn."""

from http.cookies import SimpleCookie
from typing import Any

from fairhold.cli.browsers import NoBrowser, chromium

PRESSED = 100
# Milliseconds from the press until the browser has drawn what it does.
FRAME = """key => new Promise(done => {
  const began = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""


def answers(port: int, address: str, cookie: str) -> dict[str, Any]:
    """Milliseconds at the 50th and 95th of a hundred, and the weight of the page; else why not.

    Units: ms; KB of 1,000 bytes as they travel.
    """
    base = f"http://127.0.0.1:{port}"
    try:
        with chromium() as browser:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            [one] = SimpleCookie(cookie).values()
            context.add_cookies([{"name": one.key, "value": one.value, "url": base}])
            page = context.new_page()
            weights: list[int] = []
            page.on("response", lambda got: weights.append(_weight(got)))
            page.goto(base + address)
            times = sorted(
                page.evaluate(FRAME, "k" if number % 4 == 3 else "j") for number in range(PRESSED)
            )
            moved = page.evaluate("document.activeElement.closest('[data-row]') !== null")
    except NoBrowser as error:
        return {"queue_keys": f"not measured: {error}"}
    if not moved:
        raise RuntimeError("expected the keys to move to a row of the queue")
    return {
        "queue_html_kb": round(weights[0] / 1000, 1),
        "queue_key_p50_ms": round(times[PRESSED // 2], 1),
        "queue_key_p95_ms": round(times[PRESSED * 95 // 100], 1),
    }


def _weight(response: Any) -> int:
    return int(response.request.sizes()["responseBodySize"])
