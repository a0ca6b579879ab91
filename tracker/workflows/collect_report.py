"""What a run of collecting tells: in numbers, and in words for a person."""

from dataclasses import dataclass, field, fields

from tracker.workflows.brought import Counts
from tracker.workflows.keep_visits import SourceReport
from tracker.workflows.stories import Told


@dataclass(slots=True)
class CollectReport:
    """What a run brought, source by source and together.

    `busy` are named sources that another program is asking. `resting` are sources left alone because their server wants
    rest. `outage` says that no server could be reached at all. `seconds` tells where the time went, summed over
    everything that went on side by side. `stories` tells how many documents were found to tell what others tell.
    """

    sources: list[SourceReport] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    resting: list[str] = field(default_factory=list)
    outage: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    stories: Told = field(default_factory=Told)

    @property
    def total(self) -> Counts:
        """All sources' counts together."""
        summed = Counts()
        for report in self.sources:
            summed.add(report.counts)
        return summed

    @property
    def failed(self) -> list[SourceReport]:
        """Sources that could not be asked or read, or not wholly."""
        return [report for report in self.sources if report.error]

    def words(self) -> str:
        """Return the report for a person: one line of sums, then one for each source that failed."""
        if not self.sources and not self.busy and not self.resting:
            return "no source is due"
        unchanged = sum(report.unchanged for report in self.sources)
        lines = [f"{len(self.sources)} sources asked, {unchanged} with nothing new, {len(self.failed)} failed"]
        total = self.total
        counted = [f"{getattr(total, item.name)} {item.name.replace('_', ' ')}" for item in fields(total)]
        lines.append("; ".join(counted))
        if self.stories.joined:
            lines.append(f"{self.stories.joined:,} joined a story that others tell")
        if self.outage:
            lines.append("  no server could be reached: our own network seems to be down; nobody is blamed for it")
        lines.extend(
            f"  {row.name}: {row.left} more documents come with the next visit" for row in self.sources if row.left
        )
        lines.extend(
            f"  {name}: its server asked us to wait; it is asked when that time is over" for name in self.resting
        )
        lines.extend(
            f"  {name}: another program is asking it now, or was killed doing so; try later" for name in self.busy
        )
        lines.extend(f"  {report.name}: {report.error}" for report in self.failed)
        return "\n".join(lines)

    def __str__(self) -> str:
        """Return one line for the job's record."""
        return self.words().replace("\n", "; ")
