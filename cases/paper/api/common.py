"""What the endpoints of paper share."""

from typing import Any

from rest_framework import renderers


class PDFRenderer(renderers.BaseRenderer):
    """Bytes as they are; what a refusal says is still JSON."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        return data if isinstance(data, bytes) else renderers.JSONRenderer().render(data)
