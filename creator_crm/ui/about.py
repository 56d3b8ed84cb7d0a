"""What "About" says: the versions that a bug report needs."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion

from creator_crm import __version__
from creator_crm.ui.shared.text import tr


def about_text() -> str:
    """Version, what it runs on, and whose work it stands on."""
    versions = f"Python {platform.python_version()} · Qt {qVersion()}"
    return "\n\n".join(
        (
            tr("Creator CRM {version}").format(version=__version__),
            tr("The creator program of a small brand, in one file on this computer. It uses no network."),
            versions,
            tr("With Qt (LGPL), Inter (OFL) and Lucide icons (ISC)."),
        )
    )
