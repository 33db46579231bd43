"""Projects: create, read, change, delete, and the versions of what was made of them.

A project has *content* once something was made of it, by a run or by hand. From then on it is about the upload that the
content was made from; until then it is about the newest one.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base_resume import BaseResume
from models.project import Project, ProjectVersion
from models.run import TailoringRun
from schemas.change_schemas import Change, ChangeKind, Decision, Verdict
from schemas.project_schemas import (
    DecisionRequest,
    ProjectCreate,
    ProjectRead,
    ProjectUpdate,
    TailoredData,
    VersionRead,
)
from schemas.resume_schemas import ResumeData
from services import resume_service, run_records, user_service
from services.errors import InvalidRequest, NoBaseResume, NotFound, NotTailored, RunInProgress
from services.resume_changes import apply_changes, keep_hand_edits

BASE_DELETED = "The resume that this project was made from was deleted. Its texts are kept; for files, tailor it again."


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Some projects, and how many there are."""

    projects: list[ProjectRead]
    total: int


def create(session: Session, user_id: int, wanted: ProjectCreate) -> ProjectRead:
    """Create a project. Raises NotAuthenticated, see get_user."""
    user_service.get_user(session, user_id, keep=True)
    project = Project(user_id=user_id, **wanted.model_dump())
    session.add(project)
    session.flush()
    return read(session, project)


def list_owned(session: Session, user_id: int, *, limit: int, offset: int) -> ProjectPage:
    """A person's projects, newest first."""
    mine = select(Project).where(Project.user_id == user_id)
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    projects = session.scalars(mine.order_by(Project.id.desc()).limit(limit).offset(offset)).all()
    return ProjectPage([read(session, project) for project in projects], total)


def get_owned(session: Session, project_id: int, user_id: int, *, for_update: bool = False) -> Project:
    """A person's own project. Raises NotFound, for somebody else's as well.

    `for_update` for whoever reads the result, changes it and writes it back: they take turns.
    """
    own = select(Project).where(Project.id == project_id, Project.user_id == user_id)
    project = session.scalar(own.with_for_update() if for_update else own)
    if project is None:
        raise NotFound
    return project


def read(session: Session, project: Project) -> ProjectRead:
    """A project as clients see it: with the upload that it is about, and the resume as it now stands."""
    base = base_resume(session, project)
    shown = {"base_resume_id": base.id if base else None, "resume_json": current_resume(project, base)}
    columns = {name: getattr(project, name) for name in ProjectRead.model_fields if name not in shown}
    return ProjectRead.model_validate(columns | shown)


def current_resume(project: Project, base: BaseResume | None) -> ResumeData | None:
    """The resume as it now stands: the content's, else as it was read; None before the first upload."""
    content = read_content(project)
    if content is not None:
        return content.resume
    return None if base is None else ResumeData.model_validate(base.extracted_data)


def update(session: Session, project_id: int, user_id: int, wanted: ProjectUpdate) -> ProjectRead:
    """Change what was sent; an edited resume becomes a version of its own.

    Raises NotFound, InvalidRequest, and for an edited resume RunInProgress or NoBaseResume.
    """
    project = get_owned(session, project_id, user_id, for_update=True)
    for name in wanted.model_fields_set - {"resume_json"}:
        value = getattr(wanted, name)
        if name == "project_name" and value is None:
            raise InvalidRequest("A project needs a name.")
        setattr(project, name, value)
    if wanted.resume_json is not None:
        refuse_during_run(session, project)
        _store_edit(session, project, wanted.resume_json)
    session.flush()
    return read(session, project)


def _store_edit(session: Session, project: Project, sent: ResumeData) -> None:
    """Make the resume what was sent of it. What changes nothing is no version: front ends save again and again."""
    base = base_resume(session, project)
    current = current_resume(project, base)
    if current is None:
        raise NoBaseResume
    edited = merged_sections(current, sent)
    if edited == current:
        return
    content = read_content(project) or TailoredData(resume=edited, base_resume_id=base.id if base else None)
    content.resume = content.edited_resume = edited
    store_version(session, project, content, origin="edit")


def merged_sections(current: ResumeData, sent: ResumeData) -> ResumeData:
    """The sections that were sent, and those that were left out as they are; of the contact data, the fields."""
    merged = current.model_copy(update={name: getattr(sent, name) for name in sent.model_fields_set})
    contact = {name: getattr(sent.personal_info, name) for name in sent.personal_info.model_fields_set}
    merged.personal_info = current.personal_info.model_copy(update=contact)
    return merged


def delete(session: Session, project_id: int, user_id: int) -> None:
    """Delete a project with its runs and versions; what it cost stays in the ledger. Raises NotFound, RunInProgress."""
    project = get_owned(session, project_id, user_id, for_update=True)
    refuse_during_run(session, project)
    session.delete(project)
    session.flush()


# --- What it is about, and what was made of it ---


def read_content(project: Project) -> TailoredData | None:
    """What was made of a project, by a run or by hand."""
    return None if project.tailored_data is None else TailoredData.model_validate(project.tailored_data)


def base_resume(session: Session, project: Project) -> BaseResume | None:
    """The upload that a project is about; None when it was deleted, or before the first one."""
    if project.tailored_data is None:
        return resume_service.newest(session, project.user_id)
    return None if project.base_resume_id is None else session.get(BaseResume, project.base_resume_id)


def require_base(session: Session, project: Project) -> BaseResume:
    """The upload that a project is about, for what needs its document. Raises NoBaseResume, which says why."""
    base = base_resume(session, project)
    if base is None:
        raise NoBaseResume(None if project.tailored_data is None else BASE_DELETED)
    return base


def require_tailored(project: Project) -> TailoredData:
    """What a run made of a project. Raises NotTailored."""
    content = read_content(project)
    if content is None or not project.is_tailored:
        raise NotTailored
    return content


def basis_of_changes(content: TailoredData, base: BaseResume) -> ResumeData:
    """What the changes are changes of."""
    return content.based_on or ResumeData.model_validate(base.extracted_data)


def starting_point(project: Project, base: BaseResume) -> ResumeData:
    """What a run starts from: the resume as it was read, with what the person has edited by hand in this project."""
    content = read_content(project)
    if content is None or project.base_resume_id != base.id:
        return ResumeData.model_validate(base.extracted_data)
    basis = basis_of_changes(content, base)
    return keep_hand_edits(apply_changes(basis, content.changes), content.edited_resume, basis)


def rebase_hand_edits(content: TailoredData, before: ResumeData, after: ResumeData) -> None:
    """Make `after` the resume as it stands, with what was edited by hand on top of `before` still in it."""
    content.resume = keep_hand_edits(before, content.edited_resume, after)
    if content.edited_resume is not None:
        content.edited_resume = content.resume


def refuse_during_run(session: Session, project: Project) -> None:
    """What is edited or decided during a run would be lost when the run stores its result. Raises RunInProgress."""
    if run_records.is_running(session, project.id):
        raise RunInProgress("A tailoring run is in progress for this project. Cancel it first, or wait for it.")


# --- Versions ---


def store_version(session: Session, project: Project, content: TailoredData, *, origin: str) -> None:
    """Make this the project's content, with all that the project says because of it, and keep it as a new version."""
    run = None if content.run_id is None else session.get(TailoringRun, content.run_id)
    # It may have been deleted since: the texts stay, but there is no document to write them into.
    base = None if content.base_resume_id is None else session.get(BaseResume, content.base_resume_id)
    stored = content.model_dump(mode="json")
    project.tailored_data = stored
    project.base_resume_id = base.id if base else None
    project.is_tailored = run is not None
    project.last_tailoring_jd = run.job_description if run else None
    newest = session.scalar(
        select(func.coalesce(func.max(ProjectVersion.number), 0)).where(ProjectVersion.project_id == project.id)
    )
    version = ProjectVersion(
        project_id=project.id, number=(newest or 0) + 1, origin=origin, run_id=content.run_id, tailored_data=stored
    )
    session.add(version)
    session.flush()


def list_versions(session: Session, project_id: int, user_id: int) -> list[VersionRead]:
    """All versions of a project, newest first. Raises NotFound."""
    get_owned(session, project_id, user_id)
    rows = session.scalars(
        select(ProjectVersion).where(ProjectVersion.project_id == project_id).order_by(ProjectVersion.number.desc())
    )
    return [VersionRead.model_validate(row) for row in rows]


def restore_version(session: Session, project_id: int, user_id: int, *, number: int) -> ProjectRead:
    """Bring an earlier version back, as a new version. Raises NotFound, RunInProgress."""
    project = get_owned(session, project_id, user_id, for_update=True)
    refuse_during_run(session, project)
    version = session.scalar(
        select(ProjectVersion).where(ProjectVersion.project_id == project_id, ProjectVersion.number == number)
    )
    if version is None:
        raise NotFound
    store_version(session, project, TailoredData.model_validate(version.tailored_data), origin="restore")
    return read(session, project)


# --- Decisions ---


def decide(session: Session, project_id: int, user_id: int, decisions: list[DecisionRequest]) -> TailoredData:
    """Accept, reject or edit changes; the resume is made anew from what counts. Deciding the same twice is no version.

    Raises NotFound, NotTailored, NoBaseResume, RunInProgress, or InvalidRequest for an unknown change or an edit
    without text.
    """
    project = get_owned(session, project_id, user_id, for_update=True)
    refuse_during_run(session, project)
    content = require_tailored(project)
    basis = basis_of_changes(content, require_base(session, project))
    changes = {change.id: change for change in content.changes}
    decided = [_decided(changes, decision) for decision in decisions]
    before = apply_changes(basis, content.changes)
    changes |= {change.id: change for change in decided}
    if list(changes.values()) == content.changes:
        return content
    content.changes = list(changes.values())
    rebase_hand_edits(content, before, apply_changes(basis, content.changes))
    store_version(session, project, content, origin="decisions")
    return content


def _decided(changes: dict[int, Change], decision: DecisionRequest) -> Change:
    change = changes.get(decision.id)
    if change is None:
        raise InvalidRequest(f"There is no change {decision.id}.")
    if change.verdict is Verdict.BLOCK and decision.decision is Decision.ACCEPTED:
        raise InvalidRequest(f"Change {change.id} says what your resume does not: edit it, or reject it.")
    if decision.decision is not Decision.EDITED:
        return change.model_copy(update={"decision": decision.decision, "taken_back": False})
    if change.kind in (ChangeKind.DELETE, ChangeKind.REORDER):
        raise InvalidRequest(f"Change {change.id} has no wording to edit: it can be accepted or rejected.")
    if decision.text is None:
        raise InvalidRequest("An edited change needs its new wording in `text`.")
    return change.model_copy(update={"decision": Decision.EDITED, "edited_text": decision.text, "taken_back": False})
