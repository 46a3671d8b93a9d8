-- Declared recipes, and Fleet's own records of the images that were made by them, which outlive both.
CREATE TABLE recipes (
  name TEXT NOT NULL PRIMARY KEY,
  spec TEXT NOT NULL
);

CREATE TABLE images (
  recipe TEXT NOT NULL,
  version TEXT NOT NULL,
  state TEXT NOT NULL,
  created TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (recipe, version)
);
