"""What people ask the services to do: frozen values, checked by the services."""

from models.commands.projects import NAME_LENGTH, NewProject
from models.commands.risks import TEXT_LENGTH, TITLE_LENGTH, RiskFields

__all__ = ["NAME_LENGTH", "TEXT_LENGTH", "TITLE_LENGTH", "NewProject", "RiskFields"]
