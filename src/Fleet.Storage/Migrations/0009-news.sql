-- News of runs, written with what they tell, and who was told; both go when all have heard.
CREATE TABLE news (
  id TEXT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE deliveries (
  news_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  tries BIGINT NOT NULL,
  due TEXT NOT NULL,
  settled BIGINT NOT NULL,
  PRIMARY KEY (news_id, recipient)
);
