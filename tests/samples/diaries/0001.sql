BEGIN TRANSACTION;
CREATE TABLE actions (
	number INTEGER NOT NULL, 
	"when" VARCHAR(48) NOT NULL, 
	what VARCHAR NOT NULL, 
	undone BOOLEAN NOT NULL, 
	CONSTRAINT pk_actions PRIMARY KEY (number)
);
INSERT INTO "actions" VALUES(1,'2026-03-01T08:30:15.000250+00:00','added two dogs and a person',0);
INSERT INTO "actions" VALUES(2,'2026-03-01T08:30:15.000250+00:00','logged what happened',0);
INSERT INTO "actions" VALUES(3,'2026-03-01T08:30:15.000250+00:00','wrote a note of Eve',0);
INSERT INTO "actions" VALUES(4,'2026-03-01T08:30:15.000250+00:00','logged by mistake',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE changes (
	action BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	CONSTRAINT pk_changes PRIMARY KEY (action, place), 
	CONSTRAINT fk_changes_action FOREIGN KEY(action) REFERENCES actions (number) ON DELETE CASCADE
);
INSERT INTO "changes" VALUES(1,0,'person','eve',NULL,'{"kind":"person","id":"eve","name":"Eve","added":"2026-03-01T08:30:15.000250+00:00","role":"carer","note":"Walks him on Tuesdays."}');
INSERT INTO "changes" VALUES(1,1,'dog','rex',NULL,'{"kind":"dog","id":"rex","name":"Rex","added":"2026-03-01T08:30:15.000250+00:00","born":"2019-05-04","born_about":true,"size":"large","breed":"half a collie","sex":"male","neutered":true,"history":"From a shelter.","photo":"d07c347a02c1baa886a23bccdff73539288a787a3e3c9d3b66c591a1f5c7bbe9"}');
INSERT INTO "changes" VALUES(1,2,'dog','ada',NULL,'{"kind":"dog","id":"ada","name":"Ada “the late” Ωmega","added":"2026-03-01T10:30:15.000250+02:00","trashed":"2026-03-03T08:30:15.000250+00:00"}');
INSERT INTO "changes" VALUES(2,0,'moment','whole',NULL,'{"kind":"moment","id":"whole","dog":"rex","when":"2026-03-01T10:30:15.000250+02:00","logged":"2026-03-01T08:40:15.000250+00:00","zone":"Europe/Berlin","ended":"2026-03-01T08:32:15.000250+00:00","leaned_on":"eve","logged_by":"eve","text":"He leaned on me ﷐d800 at the \u0000 door.","cues":[{"cue":"leans_on","value":"owner","confidence":0.75,"origin":"words","span":[3,14]},{"cue":"tail","value":"low","origin":"asked"},{"cue":"arrival","value":"yes"}],"severity":2,"knocked_over":true,"note":"100 % “sure”\nit’s him; DROP TABLE moments --","tags":["door","évening"],"own":[{"name":"song","value":"humming"},{"name":"song","value":"radio"}]}');
INSERT INTO "changes" VALUES(2,1,'moment','bare',NULL,'{"kind":"moment","id":"bare","dog":"rex","when":"2026-03-01T08:30:15.000250+00:00","logged":"2026-03-01T08:30:15.000250+00:00","lean":false}');
INSERT INTO "changes" VALUES(2,2,'moment','binned',NULL,'{"kind":"moment","id":"binned","dog":"ada","when":"2026-03-01T08:30:15.000250+00:00","logged":"2026-03-01T08:30:15.000250+00:00","trashed":"2026-03-01T08:30:15.000250+00:00"}');
INSERT INTO "changes" VALUES(2,3,'test','t1',NULL,'{"kind":"test","id":"t1","dog":"rex","test":"departure","begun":"2026-03-01T08:30:15.000250+00:00","ended":"2026-03-08T08:30:15.000250+00:00","sessions":[{"due":"2026-03-01T08:30:15.000250+00:00","done":"2026-03-01T09:30:15.000250+00:00","condition":"test","measure":3.5,"note":"Windy."},{"due":"2026-03-01T10:30:15.000250+02:00"}],"factors":[["security",2.25],["itch",0.3333333333333333]],"note":"Went well."}');
INSERT INTO "changes" VALUES(2,4,'plan','p1',NULL,'{"kind":"plan","id":"p1","dog":"rex","plan":"settle","begun":"2026-03-01T08:30:15.000250+00:00","step":2,"sessions":[{"due":"2026-03-01T08:30:15.000250+00:00","condition":"1","measure":0.1}],"note":"Slowly."}');
INSERT INTO "changes" VALUES(2,5,'correction','c-d051a7111867',NULL,'{"kind":"correction","text":"He leaned.","cues":[{"cue":"tail","value":"low"}],"corrections":[{"cue":"tail","heard":"high","right":"low"},{"cue":"voice","heard":null,"right":"whine"}],"lean":true,"when":"2026-03-01T08:30:00+00:00"}');
INSERT INTO "changes" VALUES(3,0,'person','eve','{"kind":"person","id":"eve","name":"Eve","added":"2026-03-01T08:30:15.000250+00:00","role":"carer","note":"Walks him on Tuesdays."}','{"kind":"person","id":"eve","name":"Eve","added":"2026-03-01T08:30:15.000250+00:00","role":"carer","note":"Walks him on Fridays."}');
INSERT INTO "changes" VALUES(4,0,'moment','mistake',NULL,'{"kind":"moment","id":"mistake","dog":"rex","when":"2026-03-01T08:30:15.000250+00:00","logged":"2026-03-01T08:30:15.000250+00:00"}');
CREATE TABLE corrections (
	"key" INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	form VARCHAR NOT NULL, 
	CONSTRAINT pk_corrections PRIMARY KEY ("key"), 
	CONSTRAINT uq_corrections_id UNIQUE (id)
);
INSERT INTO "corrections" VALUES(4,'c-d051a7111867','{"kind":"correction","text":"He leaned.","cues":[{"cue":"tail","value":"low"}],"corrections":[{"cue":"tail","heard":"high","right":"low"},{"cue":"voice","heard":null,"right":"whine"}],"lean":true,"when":"2026-03-01T08:30:00+00:00"}');
CREATE TABLE cues (
	moment BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	cue VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	confidence DOUBLE NOT NULL, 
	origin VARCHAR NOT NULL, 
	begins BIGINT, 
	ends BIGINT, 
	CONSTRAINT pk_cues PRIMARY KEY (moment, place), 
	CONSTRAINT fk_cues_moment FOREIGN KEY(moment) REFERENCES moments ("key") ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "cues" VALUES(1,0,'leans_on','owner',0.75,'words',3,14);
INSERT INTO "cues" VALUES(1,1,'tail','low',1.0,'asked',NULL,NULL);
INSERT INTO "cues" VALUES(1,2,'arrival','yes',1.0,'given',NULL,NULL);
CREATE TABLE dogs (
	id VARCHAR(64) NOT NULL, 
	name VARCHAR NOT NULL, 
	added VARCHAR(48) NOT NULL, 
	born DATE, 
	born_about BOOLEAN NOT NULL, 
	size VARCHAR(20), 
	breed VARCHAR NOT NULL, 
	sex VARCHAR(20), 
	neutered BOOLEAN, 
	history VARCHAR NOT NULL, 
	photo VARCHAR(64), 
	trashed VARCHAR(48), 
	CONSTRAINT pk_dogs PRIMARY KEY (id), 
	CONSTRAINT fk_dogs_photo FOREIGN KEY(photo) REFERENCES photos (sha)
);
INSERT INTO "dogs" VALUES('rex','Rex','2026-03-01T08:30:15.000250+00:00','2019-05-04',1,'large','half a collie','male',1,'From a shelter.','d07c347a02c1baa886a23bccdff73539288a787a3e3c9d3b66c591a1f5c7bbe9',NULL);
INSERT INTO "dogs" VALUES('ada','Ada “the late” Ωmega','2026-03-01T10:30:15.000250+02:00',NULL,0,NULL,'',NULL,NULL,'',NULL,'2026-03-03T08:30:15.000250+00:00');
CREATE TABLE factors (
	owner VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	motive VARCHAR NOT NULL, 
	factor DOUBLE NOT NULL, 
	CONSTRAINT pk_factors PRIMARY KEY (owner, place), 
	CONSTRAINT fk_factors_owner FOREIGN KEY(owner) REFERENCES home_tests (id) ON DELETE CASCADE
);
INSERT INTO "factors" VALUES('t1',0,'security',2.25);
INSERT INTO "factors" VALUES('t1',1,'itch',3.33333333333333314829e-01);
CREATE TABLE home_tests (
	id VARCHAR(64) NOT NULL, 
	dog VARCHAR(64) NOT NULL, 
	test VARCHAR NOT NULL, 
	"when" VARCHAR(26) NOT NULL, 
	"offset" VARCHAR(16) NOT NULL, 
	ended VARCHAR(48), 
	note VARCHAR NOT NULL, 
	trashed VARCHAR(48), 
	CONSTRAINT pk_home_tests PRIMARY KEY (id), 
	CONSTRAINT fk_home_tests_dog FOREIGN KEY(dog) REFERENCES dogs (id)
);
INSERT INTO "home_tests" VALUES('t1','rex','departure','2026-03-01T08:30:15.000250','+00:00','2026-03-08T08:30:15.000250+00:00','Went well.',NULL);
CREATE TABLE moments (
	"key" INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	dog VARCHAR(64) NOT NULL, 
	"when" VARCHAR(26) NOT NULL, 
	"offset" VARCHAR(16) NOT NULL, 
	logged VARCHAR(48) NOT NULL, 
	zone VARCHAR NOT NULL, 
	ended VARCHAR(48), 
	leaned_on VARCHAR(64), 
	logged_by VARCHAR(64), 
	text VARCHAR NOT NULL, 
	lean BOOLEAN NOT NULL, 
	severity INTEGER, 
	knocked_over BOOLEAN, 
	note VARCHAR NOT NULL, 
	trashed VARCHAR(48), 
	search TEXT NOT NULL, 
	told TEXT NOT NULL, 
	CONSTRAINT pk_moments PRIMARY KEY ("key"), 
	CONSTRAINT uq_moments_id UNIQUE (id), 
	CONSTRAINT fk_moments_dog FOREIGN KEY(dog) REFERENCES dogs (id), 
	CONSTRAINT fk_moments_leaned_on FOREIGN KEY(leaned_on) REFERENCES people (id), 
	CONSTRAINT fk_moments_logged_by FOREIGN KEY(logged_by) REFERENCES people (id)
);
INSERT INTO "moments" VALUES(1,'whole','rex','2026-03-01T08:30:15.000250','+02:00','2026-03-01T08:40:15.000250+00:00','Europe/Berlin','2026-03-01T08:32:15.000250+00:00','eve','eve','He leaned on me ﷐d800 at the ﷐0000 door.',1,2,1,'100 % “sure”
it’s him; DROP TABLE moments --',NULL,'he leaned on me ﷐d800 at the ﷐0000 door.
100 % “sure”
it’s him; drop table moments --
door
évening','leans_onowner0.75wordstaillow1.0askedarrivalyes1.0given');
INSERT INTO "moments" VALUES(2,'bare','rex','2026-03-01T08:30:15.000250','+00:00','2026-03-01T08:30:15.000250+00:00','UTC',NULL,NULL,NULL,'',0,NULL,NULL,'',NULL,'','');
INSERT INTO "moments" VALUES(3,'binned','ada','2026-03-01T08:30:15.000250','+00:00','2026-03-01T08:30:15.000250+00:00','UTC',NULL,NULL,NULL,'',1,NULL,NULL,'','2026-03-01T08:30:15.000250+00:00','','');
CREATE TABLE own_cues (
	moment BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	search_name TEXT NOT NULL, 
	search_value TEXT NOT NULL, 
	CONSTRAINT pk_own_cues PRIMARY KEY (moment, place), 
	CONSTRAINT fk_own_cues_moment FOREIGN KEY(moment) REFERENCES moments ("key") ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "own_cues" VALUES(1,0,'song','humming','song','humming');
INSERT INTO "own_cues" VALUES(1,1,'song','radio','song','radio');
CREATE TABLE people (
	id VARCHAR(64) NOT NULL, 
	name VARCHAR NOT NULL, 
	added VARCHAR(48) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	note VARCHAR NOT NULL, 
	trashed VARCHAR(48), 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES('eve','Eve','2026-03-01T08:30:15.000250+00:00','carer','Walks him on Fridays.',NULL);
CREATE TABLE photos (
	sha VARCHAR(64) NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_photos PRIMARY KEY (sha)
);
INSERT INTO "photos" VALUES('d07c347a02c1baa886a23bccdff73539288a787a3e3c9d3b66c591a1f5c7bbe9',X'89504E470D0A1A0A000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F');
CREATE TABLE plan_sessions (
	owner VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	due VARCHAR(48) NOT NULL, 
	done VARCHAR(48), 
	condition VARCHAR NOT NULL, 
	measure DOUBLE, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_plan_sessions PRIMARY KEY (owner, place), 
	CONSTRAINT fk_plan_sessions_owner FOREIGN KEY(owner) REFERENCES plans (id) ON DELETE CASCADE
);
INSERT INTO "plan_sessions" VALUES('p1',0,'2026-03-01T08:30:15.000250+00:00',NULL,'1',0.1,'');
CREATE TABLE plans (
	id VARCHAR(64) NOT NULL, 
	dog VARCHAR(64) NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	"when" VARCHAR(26) NOT NULL, 
	"offset" VARCHAR(16) NOT NULL, 
	step BIGINT NOT NULL, 
	ended VARCHAR(48), 
	note VARCHAR NOT NULL, 
	trashed VARCHAR(48), 
	CONSTRAINT pk_plans PRIMARY KEY (id), 
	CONSTRAINT fk_plans_dog FOREIGN KEY(dog) REFERENCES dogs (id)
);
INSERT INTO "plans" VALUES('p1','rex','settle','2026-03-01T08:30:15.000250','+00:00',2,NULL,'Slowly.',NULL);
CREATE TABLE state (
	one INTEGER NOT NULL, 
	revision BIGINT NOT NULL, 
	action BIGINT NOT NULL, 
	"key" BIGINT NOT NULL, 
	CONSTRAINT pk_state PRIMARY KEY (one)
);
INSERT INTO "state" VALUES(1,8,4,5);
CREATE TABLE tags (
	moment BIGINT NOT NULL, 
	place INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	search TEXT NOT NULL, 
	CONSTRAINT pk_tags PRIMARY KEY (moment, place), 
	CONSTRAINT fk_tags_moment FOREIGN KEY(moment) REFERENCES moments ("key") ON DELETE CASCADE
)
 WITHOUT ROWID

;
INSERT INTO "tags" VALUES(1,0,'door','door');
INSERT INTO "tags" VALUES(1,1,'évening','évening');
CREATE TABLE test_sessions (
	owner VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	due VARCHAR(48) NOT NULL, 
	done VARCHAR(48), 
	condition VARCHAR NOT NULL, 
	measure DOUBLE, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_test_sessions PRIMARY KEY (owner, place), 
	CONSTRAINT fk_test_sessions_owner FOREIGN KEY(owner) REFERENCES home_tests (id) ON DELETE CASCADE
);
INSERT INTO "test_sessions" VALUES('t1',0,'2026-03-01T08:30:15.000250+00:00','2026-03-01T09:30:15.000250+00:00','test',3.5,'Windy.');
INSERT INTO "test_sessions" VALUES('t1',1,'2026-03-01T10:30:15.000250+02:00',NULL,'',NULL,'');
CREATE INDEX ix_dogs_photo ON dogs (photo);
CREATE INDEX ix_moments_dog_when_id ON moments (dog, "when", id);
CREATE INDEX ix_moments_when_id ON moments ("when", id);
CREATE INDEX ix_moments_trash ON moments ("when", id) WHERE trashed IS NOT NULL;
CREATE INDEX ix_moments_leaned_on ON moments (leaned_on);
CREATE INDEX ix_moments_logged_by ON moments (logged_by);
CREATE INDEX ix_cues_cue_value_moment ON cues (cue, value, moment);
CREATE INDEX ix_own_cues_search_name_search_value_moment ON own_cues (search_name, search_value, moment);
CREATE INDEX ix_tags_search_moment ON tags (search, moment);
CREATE INDEX ix_home_tests_dog_when ON home_tests (dog, "when");
CREATE INDEX ix_plans_dog_when ON plans (dog, "when");
CREATE INDEX ix_changes_id ON changes (id);
COMMIT;
