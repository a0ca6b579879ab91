"""Every way in which an invented proxy statement is written."""

from tests.filings import html_proxies, pdf_proxies, text_proxies
from tests.filings.proxy_printing import RENDERINGS

__all__ = ["RENDERINGS", "html_proxies", "pdf_proxies", "text_proxies"]
