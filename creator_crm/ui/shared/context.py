"""What a page is given to work with; pages know neither the window nor each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from creator_crm.domain.frozen import immutable

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QSplitter, QWidget

    from creator_crm.domain.changes import Changes
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.shared.actions import Actions
    from creator_crm.ui.shared.jobs import JobRunner
    from creator_crm.ui.shared.state import State


@immutable
class Context:
    """The open workspace and the window's services.

    tell(text, kind): a notice; tell_done(changes): a notice with Undo; keep_splitter: remember a splitter's
    sizes; import_files(paths): start the import wizard; selection_moved(count): the page's selection is
    another one; show_record(record, number): bring it to the front, on whatever page; changed: a signal
    with the Changes of every write, on the main thread.
    """

    workspace: Workspace
    window: QWidget
    actions: Actions
    jobs: JobRunner
    state: State
    tell: Callable[[str, str], None]
    tell_done: Callable[[Changes], None]
    keep_splitter: Callable[[QSplitter], None]
    import_files: Callable[[list[str]], None]
    selection_moved: Callable[[int], None]
    show_record: Callable[[str, int], None]
    changed: SignalInstance
