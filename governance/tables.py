"""Every table there is, for migrations and tests that compare models with them."""

from __future__ import annotations

import governance.access.models
import governance.appointments.assessment.models
import governance.appointments.models
import governance.appointments.service.models
import governance.appointments.together.models
import governance.committees.after.models
import governance.committees.meeting.models
import governance.committees.minutes.models
import governance.committees.models
import governance.consultation.models
import governance.consultation.standing.models
import governance.people.models
import governance.record.models
import governance.registry.models
import governance.representation.reviews.models
import governance.rulebook.models  # noqa: F401
