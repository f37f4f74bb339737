package clinic.scheduling.checks.broken.crowd;

/** One class more than a package may have. All of them are in one file. */
interface Crowd {}

interface Member02 {}

interface Member03 {}

interface Member04 {}

interface Member05 {}

interface Member06 {}

interface Member07 {}

interface Member08 {}

interface Member09 {}

interface Member10 {}

interface Member11 {}

interface Member12 {}

interface Member13 {}

interface Member14 {}

interface Member15 {}

interface Member16 {}

interface Member17 {}

interface Member18 {}

interface Member19 {}

interface Member20 {}

interface Member21 {}

interface Member22 {}

interface Member23 {}
