"""Drawing mail that is no digest: one folder of templates, the values it names, subject and both parts out. Pure."""

from collections.abc import Mapping
from typing import Any

from tracker.digest.render import Rendered, environment, inliner


def draw(name: str, values: Mapping[str, Any], site: str) -> Rendered:
    """Return the mail of `templates/email/<name>`; a value that it names and that is not given is an error."""
    known = {**values, "site": site}
    subject = " ".join(environment().get_template(f"email/{name}/subject.txt").render(known).split())
    text = environment().get_template(f"email/{name}/body.txt").render(known)
    html = environment().get_template(f"email/{name}/body.html").render({**known, "subject": subject})
    return Rendered(subject=subject, text=text.strip() + "\n", html=inliner().inline(html))
